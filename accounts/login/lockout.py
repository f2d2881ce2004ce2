"""Lockout: a password is judged only after its attempt was counted; what follows a wrong one (trail, signals, mail)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from accounts.login import attempts, auth_signals
from accounts.login.attempts import Attempt
from accounts.models import User
from accounts.models.user import mask_address
from accounts.passwords import is_password_of
from accounts.tasks import send_lockout_mail
from audit.recording import record
from workix.core.current import Current
from workix.core.errors import Invalid
from workix.observability import metrics


def count_attempt(attempt: Attempt, request: HttpRequest) -> None:
    """Count an attempt to log in before its password is looked at. Who may go on, django-axes says: our handler of it.

    :raises LockedOut: when too many failed before it for this address.
    :raises TooMany: when too many from this client did.
    """
    if not AxesProxyHandler.is_allowed(request, {"username": attempt.address, "attempt": attempt}):
        assert attempt.refusal is not None  # set by our handler
        raise attempt.refusal


def is_right(user: User | None, password: str, attempt: Attempt, request: HttpRequest) -> bool:
    """Judge a password that was counted, by one hash whether there is a person or not; a wrong one is told and recorded."""
    if is_password_of(user.password if user else None, password):
        return True
    attempt.was_wrong = True
    _record_refusal(user, attempt)
    auth_signals.send_login_failed(attempt.address, request=request)
    if attempt.is_last:
        metrics.LOCKOUTS.labels("account").inc()
        auth_signals.send_locked_out(attempt.address, request=request)
    return False


def require_own_password(user: User, password: str, *, field: str, now: datetime) -> None:
    """Make sure that it is really the person who is logged in: they know their password. Guesses count as log-ins do.

    :raises LockedOut: after too many wrong ones.
    :raises TooMany: after too many from this client.
    :raises Invalid: when it is wrong; `field` is where it was typed.
    """
    judge_own_password(user, password, field=field, now=now)
    attempts.succeeded(user, now=now)


def judge_own_password(user: User, password: str, *, field: str, now: datetime) -> Attempt:
    """Do what `require_own_password` does, and give nothing back: where a second factor is asked for, too, that comes first.

    :raises LockedOut: and the other refusals of `require_own_password`.
    """
    attempt, request = Attempt(user.email, user.organization_id, now), auth_signals.request_of_current()
    count_attempt(attempt, request)
    with attempts.given_back_if_unavailable(partial(attempts.give_back, attempt)):
        is_own = is_right(user, password, attempt, request)
    if not is_own:
        raise Invalid("This is not your password.", field=field, problem="wrong_password")
    return attempt


def forgive(user: User) -> None:
    """End every lock of somebody's address: they proved that it is theirs."""
    attempts.forgive(user)


def _record_refusal(user: User | None, attempt: Attempt) -> None:
    """Write down a wrong password, and the lock where it was the last one: now it is a fact.

    It says whom it was tried on. What nobody here is called may be a stranger's, or a password typed in the wrong place.
    """
    tell = attempt.is_last and attempts.may_tell(attempt.address, now=attempt.now)
    whom = user.email if user else mask_address(attempt.address)
    with transaction.atomic():
        record(
            "session.refused",
            resource_type="user",
            resource_id=user.id if user else "",
            resource_label=whom,
            changes={"because": "wrong password" if user else "unknown address"},
        )
        if attempt.is_last:
            minutes = settings.WORKIX.lockout_minutes
            record("session.locked_out", resource_type="address", resource_label=whom, changes={"minutes": minutes})
        if tell and user is not None and user.email_confirmed_at and Current.find_organization() is not None:
            send_lockout_mail.enqueue(user_id=str(user.id))
