"""Resetting somebody's second factors, who lost them all: by an admin, or by an operator with a reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.login.sessions import log_out_everywhere
from accounts.members import lock_person
from accounts.models import User
from accounts.models.email_address import normalize_address
from accounts.second_factors.enrolment import forget, lock
from accounts.second_factors.notices import tell
from audit.registry import record_about
from tenants.lifecycle import get_organization
from tenants.scope import use_tenant
from workix.core.current import Current, check_reason
from workix.core.errors import NotFound


class NobodyThere(NotFound):
    detail = "Nobody of this organization has this address."


def reset(person_id: UUID, *, now: datetime) -> None:
    """Take somebody's factors and recovery codes away and end their sessions; they are told by mail.

    :raises NotFound: when nobody here has this id.
    :raises MoreThanYouHold: when they may do what whoever acts may not.
    """
    with transaction.atomic():
        _reset(lock_person(person_id), now=now)


def reset_for_operator(slug: str, address: str, *, reason: str, now: datetime) -> User:
    """Do it for the last admin of an organization, whom nobody there can help. The reason stands in its trail.

    :raises NoReason: when nobody says why.
    :raises NoSuchOrganization: when there is none.
    :raises NobodyThere: when the address is nobody's there.
    """
    reason, organization = check_reason(reason), get_organization(slug)
    scope = Current.scoped(organization=organization, reason=reason)
    with use_tenant(organization), scope, transaction.atomic():
        user = User.objects.filter(email=normalize_address(address)).first()
        if user is None:
            raise NobodyThere
        lock(user)
        _reset(user, now=now)
    return user


def _reset(user: User, *, now: datetime) -> None:
    if forget(user):
        tell(user, "reset")
    log_out_everywhere(user, now=now)
    record_about(user, "second_factor.reset")
