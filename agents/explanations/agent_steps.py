"""Steps of agents: what is decided around the view about an agent that changes something; more of it is added here."""

from __future__ import annotations

from collections.abc import Iterator

from agents.dry_run import MUTATING
from agents.explanations.actions import Action
from agents.explanations.steps import Step, judged, unknown
from agents.limits.budget import budget_refusal, is_call_of_report
from agents.models import Agent, Mode
from agents.modes import mode_refusal

_WAITS = "What is risky waits until an admin approves it: a dry run says what it would change."


def steps_of_agent(agent: Agent, action: Action) -> Iterator[Step]:
    """Ask, in the order of the middleware, what an agent is asked that is about to change something."""
    if action.method not in MUTATING or is_call_of_report(action.method, action.path, agent):
        return
    if agent.budget_units is not None:
        yield judged("budget", budget_refusal(agent), f"The budget of {agent.name} is not spent.")
    refusal = mode_refusal(agent, action.path, is_tried=action.is_tried)
    said = f"The mode of {agent.name}, {agent.get_mode_display().partition(':')[0].lower()}, lets it pass."
    yield judged("mode", refusal, said)
    if refusal is None and agent.mode == Mode.SUPERVISED and not action.is_tried:
        yield unknown("approval", _WAITS)
    if agent.quota_share is not None and action.resource:
        said = (
            f"{agent.name} may use {agent.quota_share} percent of a quota: what it used is counted when it takes more."
        )
        yield unknown("quota_share", said)
