"""Enforcing the limits of an agent, in one place: what AgentMiddleware asks for each call, before anything is done."""

# Note [Where limits hold]
# Calls and budget are looked at here, with one statement at most. Deletions and shares of quotas are looked at by the database,
# with the row that is deleted and the unit that is taken: see agents/sql/deletions.sql and quotas/sql/shares.sql.

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from agents.dry_run import MUTATING
from agents.limits.budget import is_report, require_budget
from agents.limits.calls import count_call
from agents.models import Agent


def enforce(agent: Agent, request: HttpRequest, *, now: datetime) -> dict[str, str]:
    """Count a call of an agent, and refuse what goes beyond its limits. Return headers for its answer.

    Called before a dry run begins, and for one that is asked for as well.

    :raises AgentLimit: when it makes more calls in an hour than it may.
    :raises BudgetSpent: when it would change something, and has spent its budget.
    :raises Unavailable: when its calls can't be counted.
    """
    headers = count_call(agent, now=now)
    if request.method in MUTATING and not is_report(request, agent):
        require_budget(agent)
    return headers
