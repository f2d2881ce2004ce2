"""Organization deletion: an admin schedules it, with their password, and it takes effect after a grace period."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.login.lockout import require_own_password
from accounts.models import User
from accounts.tasks import send_removal_scheduled
from tenants.current_organization import schedule_removal
from workix.core.permissions import Role


def ask_for_removal(user: User, *, password: str, now: datetime) -> datetime:
    """Schedule the removal of the organization in scope, and tell its admins by mail; return when it will be.

    :raises LockedOut: after too many wrong passwords.
    :raises Invalid: when the password is wrong.
    """
    require_own_password(user, password, field="password", now=now)
    with transaction.atomic():
        removal = schedule_removal()
        if removal.is_new:
            _tell_admins()
    return removal.due_at


def _tell_admins() -> None:
    """Have each of them written to by a job of their own: one that can't be reached repeats no mail to the others."""
    admins = User.objects.filter(role=Role.ADMIN, is_active=True, email_confirmed_at__isnull=False)
    for admin in admins.order_by("created_at", "id"):
        send_removal_scheduled.enqueue(user_id=str(admin.id))
