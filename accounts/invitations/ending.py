"""Ending invitations (expired, withdrawn, accepted): the seat each of them holds is free, or taken by its person."""

# Bulk write: all that are over end at once.

# Note [The seat of an invitation]
# A pending invitation is a row that counts as a person, and so is a person (quotas/counted.py). Whoever puts a person in its
# place ends the invitation first, and writes the person after that, in one transaction: the counter's row stays locked
# between the two, so at the last seat nobody comes in between, and it never holds both.
#
# Time alone writes nothing. An invitation that is over can be accepted no more, and is shown as expired at once; the row is
# written by whoever needs a seat next, before they take one, and by a job each night. So its seat is never refused to anybody.
#
# Two rows of two tables, a person and an invitation for them, are kept apart by no constraint. But both are counted, and so
# each waits for the counter: who looks for the other row after they wrote their own finds it, or is found.
#
# Locks are taken in one order, or two would wait for each other: people, by id; invitations, by id; the counter, which the
# triggers lock as soon as a row comes or ends.

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.models.invitation import Invitation, Status
from audit.recording import record


def end(invitation: Invitation, status: Status, *, now: datetime) -> None:
    """End an invitation that the caller has locked. It is recorded by the name of the state it is in then."""
    invitation.status, invitation.ended_at = status.value, now
    invitation.save(update_fields=["status", "ended_at", "updated_at"])
    record_act(f"invitation.{status.value}", invitation)


def make_room(email: str = "", *, now: datetime) -> Invitation | None:
    """End what is over, before somebody takes a seat; return the pending invitation of an address, locked, if there is one.

    See Note [The seat of an invitation].
    """
    there = Q(expires_at__lte=now) | Q(email=email)
    locked = Invitation.objects.filter(there, ended_at__isnull=True).order_by("id").select_for_update()
    over = [each for each in locked if each.expires_at <= now]
    Invitation.objects.filter(id__in=[each.id for each in over]).update(
        status=Status.EXPIRED, ended_at=now, updated_at=now
    )
    for each in over:
        each.status = Status.EXPIRED.value
        record_act("invitation.expired", each)
    return next((each for each in locked if each.status == Status.PENDING), None)


def withdraw_those_of(user_id: UUID, *, now: datetime) -> None:
    """Withdraw what somebody sent who may invite nobody any more. The caller has locked the person."""
    theirs = Invitation.objects.filter(invited_by_id=user_id, ended_at__isnull=True)
    for each in theirs.order_by("id").select_for_update():
        end(each, Status.WITHDRAWN, now=now)


def expire(*, now: datetime) -> None:
    """Write down what is over, for the trail and the counter."""
    with transaction.atomic():
        make_room(now=now)


def record_act(action: str, invitation: Invitation) -> None:
    """Add to the trail what was done with an invitation."""
    record(action, resource_type="invitation", resource_id=invitation.id, resource_label=invitation.email)
