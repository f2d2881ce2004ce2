"""Password change and password reset: by who knows the old one, or through an e-mail token."""

# Bulk write: a new password ends every other session at once.

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.login import devices, lockout
from accounts.login.sessions import log_out_everywhere
from accounts.models import Purpose, Session, User
from accounts.passwords import check_new_password
from accounts.tasks import send_password_reset_mail
from accounts.tokens import email_tokens
from audit.recording import record


def change(user: User, *, current: str, password: str, session_id: UUID, now: datetime) -> None:
    """Set a new password; every other session ends, this one stays.

    :raises LockedOut: after too many wrong guesses at the current one.
    :raises Invalid: when the current one is wrong, or the new one not good enough.
    """
    lockout.require_own_password(user, current, field="current_password", now=now)
    hashed = make_password(check_new_password(password))
    with transaction.atomic():
        _set(user, hashed, how="changed")
        others = Session.objects.filter(user=user, ended_at__isnull=True).exclude(id=session_id)
        others.update(ended_at=now)


def ask_for_reset(address: str, *, now: datetime) -> None:
    """Mail a link to every person of this address. Tells nobody whether there is one."""
    for user in email_tokens.people_at(address):
        if email_tokens.may_send_another(user, Purpose.RESET_PASSWORD, now=now):
            with transaction.atomic():
                send_password_reset_mail.enqueue(user_id=str(user.id))


def reset(*, token: str, password: str, now: datetime) -> str:
    """Use up the link of an e-mail: set the password, end every session. It also ends a lockout: the address is theirs.

    Returns a token that makes the client a known device, or whoever goes on guessing would lock it out again at once.

    :raises TokenInvalid: when we never sent it, or it was used.
    :raises TokenExpired: when its time is over.
    :raises Invalid: when the password is not good enough; the link stays good.
    """
    hashed = make_password(check_new_password(password))
    with email_tokens.redeem(Purpose.RESET_PASSWORD, token) as link, transaction.atomic():
        user = email_tokens.use(link, now=now)
        _set(user, hashed, how="reset")
        log_out_everywhere(user, now=now)
    lockout.forgive(user)
    return devices.issue(user)


def _set(user: User, hashed: str, *, how: str) -> None:
    user.password = hashed
    user.save(update_fields=["password", "updated_at"])
    record(f"user.password_{how}", resource_type="user", resource_id=user.id)
