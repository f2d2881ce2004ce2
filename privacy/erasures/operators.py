"""Erasure by an operator, with a reason: scheduled as by an admin, or done at once, where the law or a court asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import User
from accounts.models.email_address import normalize_address
from privacy.erasures.erasing import erase
from privacy.erasures.scheduling import Preview, preview, schedule
from privacy.models import Erasure, ErasureStatus
from tenants.lifecycle import get_organization
from tenants.scope import use_tenant
from workix.core.current import Current, check_reason
from workix.core.errors import NotFound


class NobodyThere(NotFound):
    detail = "Nobody of this organization has, or had, this address or id."


def find_person_id(slug: str, named: str) -> UUID:
    """Find who is meant by an address or an id; of several who had an address, who is here, or came last.

    :raises NoSuchOrganization: when there is none.
    :raises NobodyThere: when it was nobody's there.
    """
    with _inside(slug):
        found = _by_id(named) or _by_address(named)
    if found is None:
        raise NobodyThere
    return found.id


def preview_for_operator(slug: str, person_id: UUID) -> Preview:
    """Count what an erasure would take."""
    with _inside(slug):
        return preview(person_id, by=None)


def erase_for_operator(slug: str, person_id: UUID, *, reason: str, grace: timedelta, now: datetime) -> Erasure:
    """Schedule an erasure; without any time of grace, do it. The reason stands in the organization's trail.

    :raises NoReason: when nobody says why.
    :raises LastAdmin: when no active admin would be left.
    :raises ErasureOpen: when it is scheduled already, and is not to be done at once.
    :raises AlreadyErased: when it was done.
    :raises ErasureHeld: when it is to be done at once, under a legal hold.
    """
    with _inside(slug), Current.scoped(reason=check_reason(reason)):
        waiting = Erasure.objects.filter(user_id=person_id, status=ErasureStatus.SCHEDULED).first()
        erasure = waiting if waiting and not grace else schedule(person_id, by=None, now=now, grace=grace)
        return erasure if grace else erase(erasure.id, now=now)


@contextmanager
def _inside(slug: str) -> Iterator[None]:
    organization = get_organization(slug)
    with use_tenant(organization):
        yield


def _by_id(named: str) -> User | None:
    try:
        return User.with_removed.filter(id=UUID(named)).first()
    except ValueError:
        return None


def _by_address(named: str) -> User | None:
    had = User.with_removed.filter(email=normalize_address(named))
    return had.filter(deleted_at__isnull=True).first() or had.order_by("-deleted_at", "-id").first()
