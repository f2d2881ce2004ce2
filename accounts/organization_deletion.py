"""Organization deletion: an admin schedules it, with their password, and it takes effect after a grace period."""

from __future__ import annotations

from datetime import datetime

from accounts.login.lockout import require_own_password
from accounts.models import User
from tenants.current_organization import schedule_removal


def ask_for_removal(user: User, *, password: str, now: datetime) -> datetime:
    """Schedule the removal of the organization in scope; return when it will be.

    :raises LockedOut: after too many wrong passwords.
    :raises Invalid: when the password is wrong.
    """
    require_own_password(user, password, field="password", now=now)
    return schedule_removal()
