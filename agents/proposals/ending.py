"""Proposals that nobody decides: expire() notes that their time is over, drop_of() that their agents were stopped or removed."""

# Bulk write: ends what waits, and takes out the bodies.

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from agents.models import Agent, Proposal, Status


def expire(*, now: datetime) -> int:
    """Note whose time is over; say of how many."""
    return _end(Status.EXPIRED, expires_at__lte=now)


def drop_of(agent_ids: Iterable[UUID]) -> int:
    """Drop what waits of agents that were stopped or removed; say how many."""
    return _end(Status.DROPPED, agent_id__in=list(agent_ids))


def drop_stopped(*, agent: Agent, **_: Any) -> None:
    """Receive that an agent is being stopped or removed (agents.signals)."""
    drop_of([agent.id])


def _end(status: Status, **which: object) -> int:
    waiting = Proposal.objects.filter(status=Status.PENDING, **which)
    with transaction.atomic():  # who acts is said where one begins
        return waiting.update(status=status, encrypted_body="")
