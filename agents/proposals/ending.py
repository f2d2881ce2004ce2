"""Proposals that nobody decides: expire() notes that their time is over, drop_of() that their agents were stopped or removed."""

# Bulk write: ends what waits, and takes out the bodies.

# Note [What a crash left]
# An approval whose process died is APPROVED, and can be taken up (Note [Executed once] in agents/proposals/deciding.py). It ends
# with its time and with its agent as one that waits does: nothing is done by it when the agent is started again. The trail says
# whether it was done already. One that is being done while its agent is stopped is dropped, and then says what became of it.

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from agents.models import OPEN, Agent, Proposal, Status
from audit.models import LogEntry
from workix.observability import metrics


def left_at(now: datetime) -> Q:
    """Say which were approved, and nobody does them."""
    return Q(status=Status.APPROVED) & (Q(claimed_until__isnull=True) | Q(claimed_until__lte=now))


def was_executed(proposal: Proposal) -> bool:
    """Say whether the trail has what it did. See Note [Executed once]."""
    actions = {each["action"] for each in proposal.changes}
    return LogEntry.objects.filter(request_id=proposal.request_id, action__in=actions).exists()


def expire(*, now: datetime, of: Agent | None = None) -> int:
    """Note whose time is over, of one agent or all; say of how many."""
    whose = Q() if of is None else Q(agent=of)
    return _end(Status.EXPIRED, whose & Q(expires_at__lte=now) & (Q(status=Status.PENDING) | left_at(now)))


def drop_of(agent_ids: Iterable[UUID]) -> int:
    """Drop what is open of agents that were stopped or removed; say how many."""
    return _end(Status.DROPPED, Q(agent_id__in=list(agent_ids)))


def drop_stopped(*, agent: Agent, **_: Any) -> None:
    """Receive that an agent is being stopped or removed (agents.signals)."""
    drop_of([agent.id])


def _end(status: Status, which: Q) -> int:
    """End what is open of them; what was done after all is EXECUTED. See Note [What a crash left]."""
    found = Proposal.objects.filter(which, status__in=OPEN)
    with transaction.atomic():  # who acts is said where one begins
        done = [each.id for each in found.filter(status=Status.APPROVED) if was_executed(each)]
        executed = found.filter(id__in=done).update(status=Status.EXECUTED, encrypted_body="")
        ended = found.update(status=status, encrypted_body="")
        transaction.on_commit(partial(metrics.PROPOSALS.labels(Status.EXECUTED).inc, executed))
        transaction.on_commit(partial(metrics.PROPOSALS.labels(status).inc, ended))
    return ended
