"""Background job of stopping: ends what an agent leaves pending. agents.tasks knows it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone

from agents.models import Agent
from agents.stopping import pending
from tenants.jobs.tenant_task import tenant_task


def end_pending_of(*, agent: Agent, **_: Any) -> None:
    """Receive that an agent is being stopped or removed (agents.signals)."""
    end_pending.enqueue(agent_id=str(agent.id))


@tenant_task("agents.end_pending")
def end_pending(agent_id: str) -> None:
    """Withdraw what an agent sent, and release what it reserved."""
    pending.end_those_of(UUID(agent_id), now=timezone.now())
