"""Budget of an agent in cost units: what its runtime reports of each run, and refusing its mutations once all is spent."""

# Bulk write: what is spent is added up by the database, where two reports come at once.

# Note [Budgets]
# What a run cost only the agent's runtime knows, so it says so: once a run, in units whose worth the organization chooses. A
# run that is reported again, in the same words, is the run that was reported; in other words it is refused. Units only add up:
# nobody reports less than nothing, and what is spent stays spent. Whoever wants the agent to go on raises its budget. What is
# spent is read with the agent itself, so a call pays no statement for it; and since a report comes after its run, the next
# mutation is refused.
#
# Reporting is no mutation of what the organization has: it needs no reason and no mode, and is open to an agent that spent all.

from __future__ import annotations

from typing import Any, ClassVar

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from agents.dry_run import VERSION
from agents.models import Agent, AgentUsage
from agents.runs.secrets import refuse_secret
from workix.core.errors import Conflict, Denied, Invalid

#: The most units, and tokens, of one report.
MOST_UNITS = 10**12
#: Of a bigint column.
_LARGEST = 2**63 - 1


class BudgetSpent(Denied):
    code = "agent_budget_spent"
    extensions: ClassVar[Any] = {"budget_units": {"type": "integer"}, "spent_units": {"type": "integer"}}


class RunReported(Conflict):
    code = "run_reported"
    detail = "This run was reported before, with other numbers. Report a run once, when it is over."


def require_budget(agent: Agent) -> None:
    """Refuse what an agent would change when its budget is spent.

    :raises BudgetSpent: naming the budget and what is spent.
    """
    refusal = budget_refusal(agent)
    if refusal is not None:
        raise refusal


def budget_refusal(agent: Agent) -> BudgetSpent | None:
    """Return why an agent changes nothing any more, where its budget is spent."""
    budget, spent = agent.budget_units, agent.spent_units
    if budget is None or spent < budget:
        return None
    detail = f"The budget of this agent is spent: {spent} of {budget} units. It changes nothing until that is raised."
    return BudgetSpent(detail, budget_units=budget, spent_units=spent)


def is_report(request: HttpRequest, agent: Agent) -> bool:
    """Say whether an agent reports what a run of its own cost. See Note [Budgets]."""
    return is_call_of_report(str(request.method), request.path, agent)


def is_call_of_report(method: str, path: str, agent: Agent) -> bool:
    return method == "POST" and path == f"{VERSION}agents/{agent.id}/usage/"


def report_usage(
    agent: Agent, *, run: str, model: str, units: int, input_tokens: int = 0, output_tokens: int = 0
) -> AgentUsage:
    """Add what a run cost, once. See Note [Budgets].

    :raises RunReported: when the run was reported in other words.
    :raises Invalid: when no such sum can be kept, or `run` or `model` holds what looks like a secret.
    """
    for field, text in (("run", run), ("model", model)):
        refuse_secret(text, field=field)
    said = {"model": model, "units": units, "input_tokens": input_tokens, "output_tokens": output_tokens}
    with transaction.atomic():
        kept, is_new = AgentUsage.objects.get_or_create(agent_id=agent.id, run=run, defaults=said)
        if not is_new and any(getattr(kept, name) != value for name, value in said.items()):
            raise RunReported
        if is_new:
            agents = Agent.with_removed.filter(id=agent.id, spent_units__lte=_LARGEST - units)
            if not agents.update(spent_units=F("spent_units") + units):
                raise Invalid("No such sum can be kept.", field="units", problem="max_value")
    return kept
