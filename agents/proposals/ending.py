"""Proposals that nobody decides: expire() notes that their time is over, drop_of() that their agents were stopped or removed."""

# Bulk write: ends what waits, and takes out the bodies.

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from agents.models import Agent, Proposal, Status
from workix.observability import metrics


def expire(*, now: datetime, of: Agent | None = None) -> int:
    """Note whose time is over, of one agent or all; say of how many."""
    whose = {} if of is None else {"agent": of}
    return _end(Status.EXPIRED, expires_at__lte=now, **whose)


def drop_of(agent_ids: Iterable[UUID]) -> int:
    """Drop what waits of agents that were stopped or removed; say how many."""
    return _end(Status.DROPPED, agent_id__in=list(agent_ids))


def drop_stopped(*, agent: Agent, **_: Any) -> None:
    """Receive that an agent is being stopped or removed (agents.signals)."""
    drop_of([agent.id])


def _end(status: Status, **which: object) -> int:
    waiting = Proposal.objects.filter(status=Status.PENDING, **which)
    with transaction.atomic():  # who acts is said where one begins
        ended = waiting.update(status=status, encrypted_body="")
        transaction.on_commit(partial(metrics.PROPOSALS.labels(status).inc, ended))
    return ended
