"""Jobs of agents that were stopped: each ends before it begins, or at work with its next statement."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from agents.models import Agent
from tenants.jobs.agents.dropping import JobDropped
from workix.core.current import Current


def agent_is_stopped() -> bool:
    """Say whether the agent that asked for the job at work may act no more: it was stopped, or removed."""
    agent_id = Current.context.agent_id
    return agent_id is not None and not _may_act(agent_id)


def end_job(sender: Any, *, agent_id: UUID, **kwargs: Any) -> None:
    """Receive that a job of an agent begins, or is at work.

    :raises JobDropped: when the agent may act no more.
    """
    if not _may_act(agent_id):
        raise JobDropped


def _may_act(agent_id: UUID) -> bool:
    return Agent.objects.filter(id=agent_id, stopped_at__isnull=True).exists()
