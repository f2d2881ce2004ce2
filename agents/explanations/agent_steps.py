"""Steps of agents: what is decided around the view about an agent that changes something; more of it is added here."""

from __future__ import annotations

from collections.abc import Iterator

from agents.dry_run import MUTATING
from agents.explanations.actions import Action
from agents.explanations.steps import Step, judged
from agents.models import Agent
from agents.modes import mode_refusal


def steps_of_agent(agent: Agent, action: Action) -> Iterator[Step]:
    """Ask, in the order of the middleware, what an agent is asked that is about to change something."""
    if action.method in MUTATING:
        said = f"The mode of {agent.name}, {agent.get_mode_display().partition(':')[0].lower()}, lets it pass."
        yield judged("mode", mode_refusal(agent, action.path, is_tried=False), said)
