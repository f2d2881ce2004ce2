"""Lockout: exactly so many failed log-ins for one address, then none for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.email_index import organizations_of
from accounts.models import User
from accounts.passwords import is_password_of
from audit.recording import record
from quotas.rate_limits import Limit, forget_attempts
from quotas.rate_limits import count_attempt as count
from tenants.scope import use_tenant
from workix.core.errors import Invalid, TooMany


class LockedOut(TooMany):
    code = "locked_out"


def count_attempt(address: str, *, now: datetime) -> None:
    """Count one log-in for an address, before its password is looked at.

    :raises LockedOut: when too many failed before it.
    """
    try:
        left = count(_limit(), address, now=now)
    except TooMany as error:
        raise LockedOut(
            "Too many log-ins failed for this address. Wait, or reset the password.",
            retry_after=int(error.headers["Retry-After"]),
        ) from error
    if left.remaining == 0:
        _record_lockout(address)


def forgive(address: str) -> None:
    """Start counting anew: the password was right."""
    forget_attempts(_limit(), address)


def require_own_password(user: User, password: str, *, field: str, now: datetime) -> None:
    """Make sure that it is really the person who is logged in: they know their password. Guesses count as log-ins do.

    :raises LockedOut: after too many wrong ones.
    :raises Invalid: when it is wrong; `field` is where it was typed.
    """
    count_attempt(user.email, now=now)
    if not is_password_of(user.password, password):
        raise Invalid("This is not your password.", field=field, problem="wrong_password")
    forgive(user.email)


def _limit() -> Limit:
    minutes = timedelta(minutes=settings.WORKIX.lockout_minutes)
    return Limit("log-in", settings.WORKIX.lockout_failures, minutes)


def _record_lockout(address: str) -> None:
    """Tell the trail of each organization of this address that the last attempt there is was taken."""
    for organization in organizations_of(address):
        with use_tenant(organization), transaction.atomic():
            record(
                "session.locked_out",
                resource_type="address",
                resource_label=address,
                changes={"minutes": settings.WORKIX.lockout_minutes},
            )
