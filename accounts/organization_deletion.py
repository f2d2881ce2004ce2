"""Organization deletion: an admin who proves who they are schedules it, or an operator; it takes effect after a grace period."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.login.lockout import require_own_password
from accounts.models import User
from accounts.tasks import send_removal_scheduled
from audit.recording import record
from tenants.current_organization import NoRemovalScheduled, schedule_removal
from tenants.lifecycle import acting_on
from tenants.models import Organization
from workix.core.errors import Conflict, Invalid
from workix.core.permissions import Role

#: As schedule_my_removal() of the database has it.
GRACE = timedelta(days=30)


class AlreadyScheduled(Conflict):
    """The removal of the organization is scheduled; its admins know the day."""


def ask_for_removal(user: User, *, password: str, now: datetime) -> datetime:
    """Schedule the removal of the organization in scope, and tell its admins by mail; return when it will be.

    Whoever has no password here, or none that counts (single sign-on only), sends none: what lasts takes a step-up, and that
    is their proof. See Note [Step-up] of workix/core/permissions.py.

    :raises LockedOut: after too many wrong passwords.
    :raises Invalid: when the password is wrong, or is missing.
    """
    if user.may_use_password:
        _require_password(user, password, now=now)
    with transaction.atomic():
        removal = schedule_removal()
        if removal.is_new:
            _tell_admins()
    return removal.due_at


def schedule_for_operator(slug: str, *, reason: str, now: datetime) -> Organization:
    """Schedule an organization's removal, as the operator who acts now, and tell its admins by mail; they can cancel it.

    :raises NoSuchOrganization: when there is none.
    :raises AlreadyScheduled: when it will be removed anyway; the day stays.
    """
    with acting_on(slug, reason) as organization:
        if organization.removal_due_at is not None:
            raise AlreadyScheduled(
                f"{organization.name} will be removed on {organization.removal_due_at:%d %b %Y} anyway."
            )
        organization.removal_due_at = now + GRACE
        organization.save(update_fields=["removal_due_at"])
        _record("organization.removal_scheduled", organization, [None, organization.removal_due_at.isoformat()])
        _tell_admins()
    return organization


def cancel_for_operator(slug: str, *, reason: str) -> Organization:
    """Let an organization stay, as the operator who acts now.

    :raises NoSuchOrganization: when there is none.
    :raises NoRemovalScheduled: when it was to stay anyway.
    """
    with acting_on(slug, reason) as organization:
        if organization.removal_due_at is None:
            raise NoRemovalScheduled
        was_due, organization.removal_due_at = organization.removal_due_at, None
        organization.save(update_fields=["removal_due_at"])
        _record("organization.removal_cancelled", organization, [was_due.isoformat(), None])
    return organization


def _require_password(user: User, password: str, *, now: datetime) -> None:
    if not password:
        raise Invalid("Send your own password, too.", field="password", problem="required")
    require_own_password(user, password, field="password", now=now)


def _record(action: str, organization: Organization, changed: list[str | None]) -> None:
    record(action, resource_type="organization", resource_id=organization.id, changes={"removal_due_at": changed})


def _tell_admins() -> None:
    """Have each of them written to by a job of their own: one that can't be reached repeats no mail to the others."""
    admins = User.objects.filter(role=Role.ADMIN, is_active=True, email_confirmed_at__isnull=False)
    for admin in admins.order_by("created_at", "id"):
        send_removal_scheduled.enqueue(user_id=str(admin.id))
