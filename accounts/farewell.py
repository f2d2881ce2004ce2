"""An admin has their organization removed: after a time of grace, and never without their password."""

from __future__ import annotations

from datetime import datetime

from accounts import lockout
from accounts.models import User
from accounts.passwords import is_password_of
from tenants.own import schedule_removal
from workix.foundation.errors import Invalid


def ask_for_removal(user: User, *, password: str, now: datetime) -> datetime:
    """Schedule the removal of the organization in scope; return when it will be.

    :raises LockedOut: after too many wrong passwords.
    :raises Invalid: when the password is wrong.
    """
    lockout.count_attempt(user.email, now=now)
    if not is_password_of(user.password, password):
        raise Invalid("This is not your password.", field="password", problem="wrong_password")
    lockout.forgive(user.email)
    return schedule_removal()
