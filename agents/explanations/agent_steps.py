"""Steps of agents: what is decided around the view about an agent that changes something; more of it is added here."""

from __future__ import annotations

from collections.abc import Iterator

from agents.dry_run import MUTATING
from agents.explanations.actions import Action
from agents.explanations.steps import Step, judged, unknown
from agents.models import Agent, Mode
from agents.modes import mode_refusal


def steps_of_agent(agent: Agent, action: Action) -> Iterator[Step]:
    """Ask, in the order of the middleware, what an agent is asked that is about to change something."""
    if action.method not in MUTATING:
        return
    refusal = mode_refusal(agent, action.path, is_tried=False)
    said = f"The mode of {agent.name}, {agent.get_mode_display().partition(':')[0].lower()}, lets it pass."
    yield judged("mode", refusal, said)
    if refusal is None and agent.mode == Mode.SUPERVISED:
        yield unknown(
            "approval", "What is risky waits until an admin approves it: a dry run says what it would change."
        )
