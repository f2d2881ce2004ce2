"""Jobs that an agent asked for: whose they are, and how one ends when its agent is stopped (kill switch)."""

# Note [Jobs of an agent]
# A job keeps the id of the agent that asked for it, and so do the jobs it asks for in turn. Whoever stops an agent drops those
# that wait (tenants/sql/agent_jobs.sql). One that was queued at that moment, or is at work, is told: before each attempt, and
# with its next statement about once a second, the apps above are asked whether its agent may still act. Where it may not, the
# job ends there, what it had not committed is undone, and it is not tried again.

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import connection

from audit.signed_calls import call_signed
from tenants.isolation.database_roles import RoleKind
from tenants.signals import agent_job_going_on
from workix.core.current import Current

logger = logging.getLogger("workix.jobs")

#: In seconds: so often a job at work asks.
ASKED_EVERY = 1.0


class JobDropped(Exception):
    """The agent that asked for this job may act no more."""


def agent_of_asking() -> dict[str, str]:
    """Return what a job keeps of the agent it is asked for by: nothing where it is none."""
    context = Current.context
    agent_id = context.actor.id if context.actor.type == "agent" else context.agent_id
    return {"agent_id": str(agent_id)} if agent_id else {}


def drop_waiting(agent_id: UUID) -> int:
    """Drop the jobs of the organization in scope that wait and that this agent asked for. Return how many."""
    (dropped,) = call_signed("drop_agent_jobs", agent=agent_id)
    return int(dropped)


def run_unless_stopped(name: str, work: Callable[[], None]) -> None:
    """Do a job, but for one of an agent that may act no more: that ends quietly. See Note [Jobs of an agent]."""
    if Current.context.agent_id is None:
        work()
        return
    try:
        _ask()
        with connection.execute_wrapper(_Asking()):
            work()
    except JobDropped:
        logger.warning("jobs.dropped", extra={"task": name, "agent_id": str(Current.context.agent_id)})


class _Asking:
    """Asks with a statement of the job's, when it is time."""

    def __init__(self) -> None:
        self._next = time.monotonic() + ASKED_EVERY

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        if time.monotonic() >= self._next and self._is_at_home():
            self._next = float("inf")  # the question is a statement, too
            _ask()
            self._next = time.monotonic() + ASKED_EVERY
        return execute(*statement)

    @staticmethod
    def _is_at_home() -> bool:
        role = connection.database_role  # type: ignore[attr-defined]  # our own backend
        return role is not None and role.kind is RoleKind.TENANT


def _ask() -> None:
    agent_job_going_on.send(sender=None, agent_id=Current.context.agent_id)
