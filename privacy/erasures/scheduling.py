"""Scheduling an erasure: what will go is shown first, then it waits some days in which it can be called off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.members import LastAdmin
from accounts.models import User
from accounts.roles.escalation import MoreThanYouHold
from audit.recording import record
from privacy.erasures.notices import tell
from privacy.inventory import entries_of, tables_of
from privacy.models import OPEN_ERASURES, Erasure, ErasureStatus
from privacy.subjects import get_subject, require_theirs_to_see
from workix.core.errors import Conflict, NotFound
from workix.core.permissions import Role

#: How long an erasure waits.
GRACE = timedelta(days=7)


class ErasureOpen(Conflict):
    code = "erasure_scheduled"
    detail = "The erasure of this person is scheduled. Call it off first."


class AlreadyErased(Conflict):
    code = "already_erased"
    detail = "This person is erased already."


class TooLate(Conflict):
    detail = "This erasure is being done, is done, or was called off."


@dataclass(frozen=True, slots=True)
class Preview:
    """What will go, in rows by table. The audit trail's entries stay, without anything personal in them."""

    person: User
    rows: dict[str, int]


def preview(person_id: UUID | None, *, by: User | None) -> Preview:
    """Count what an erasure would take. `by` None is an operator.

    :raises Denied: when it is somebody else's, and who asks may not.
    :raises NotFound: when nobody here had this id.
    """
    person = get_subject(person_id, by=by)
    rows = {table.name: sum(1 for _ in table.read()) for table in tables_of(person) if table.name != "audit_logs"}
    return Preview(person, {**rows, "audit_logs": entries_of(person).count()})


def schedule(person_id: UUID | None, *, by: User | None, now: datetime, grace: timedelta = GRACE) -> Erasure:
    """Have a person erased when the time of grace is over; nobody named means oneself. `by` None is an operator.

    :raises Denied: when it is somebody else, and who asks may not.
    :raises NotFound: when nobody here had this id.
    :raises MoreThanYouHold: when they hold what whoever asks does not.
    :raises LastAdmin: when no active admin would be left.
    :raises ErasureOpen: when it is scheduled already.
    :raises AlreadyErased: when it was done.
    """
    person = get_subject(person_id, by=by)
    _require_no_more(person, by=by)
    _require_another_admin(person)
    if Erasure.objects.filter(user=person, status=ErasureStatus.DONE).exists():
        raise AlreadyErased
    try:
        with transaction.atomic():
            erasure = Erasure.objects.create(user=person, requested_by=by, due_at=now + grace)
            _record("scheduled", erasure)
            if grace:
                tell(erasure)
    except IntegrityError as error:
        raise ErasureOpen from error
    return erasure


def get_erasure(erasure_id: UUID, *, by: User) -> Erasure:
    """Return an erasure of oneself, or of anybody for whoever may.

    :raises NotFound: when there is none that is theirs to see.
    """
    erasure = Erasure.objects.filter(id=erasure_id).first()
    if erasure is None:
        raise NotFound
    require_theirs_to_see(erasure.user_id, by=by)
    return erasure


def call_off(erasure_id: UUID, *, by: User) -> None:
    """Call an erasure off.

    :raises NotFound: when there is none that is theirs to see.
    :raises TooLate: when it has begun, or was called off already.
    """
    get_erasure(erasure_id, by=by)
    with transaction.atomic():
        erasure = Erasure.objects.select_for_update(no_key=True).get(id=erasure_id)
        if erasure.status != ErasureStatus.SCHEDULED:
            raise TooLate
        erasure.status = ErasureStatus.CANCELLED
        erasure.save(update_fields=["status", "updated_at"])
        _record("called_off", erasure)


def require_no_erasure(person: User) -> None:
    """Make sure that nobody is about to erase this person.

    :raises ErasureOpen: when somebody is.
    """
    if Erasure.objects.filter(user=person, status__in=OPEN_ERASURES).exists():
        raise ErasureOpen


def _require_no_more(person: User, *, by: User | None) -> None:
    """Refuse what would be a way to remove people who may do more. See Note [Nobody passes on what they do not hold]."""
    if by is not None and by.id != person.id and not person.permissions <= by.permissions:
        raise MoreThanYouHold


def _require_another_admin(person: User) -> None:
    if person.role != Role.ADMIN or not person.is_active or person.deleted_at is not None:
        return
    if not User.objects.filter(role=Role.ADMIN, is_active=True).exclude(id=person.id).exists():
        raise LastAdmin


def _record(what: str, erasure: Erasure) -> None:
    """Write an act down by ids alone: the entry outlasts the person's values."""
    changes = {"user_id": str(erasure.user_id), "due_at": erasure.due_at.isoformat()}
    record(f"erasure.{what}", resource_type="erasure", resource_id=erasure.id, changes=changes)
