"""Break-glass access: an operator reads an organization's admins and its trail, with a reason that its admins can read."""

# Note [Looking in]
# An operator has no standing access to any organization. Who has to know whom to call, or what happened there, says why, and
# enters as the organization's own role, in one transaction with an entry in its trail: nothing is read that is not recorded.
# The entry is the newest of those that are read.

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts.models import User
from audit.models import LogEntry
from audit.reading.timeline import with_owners
from audit.recording import record
from tenants.lifecycle import get_organization
from tenants.models import Organization
from tenants.scope import use_tenant
from workix.core.current import Current, check_reason
from workix.core.permissions import Role

MOST_ENTRIES = 200


@dataclass(frozen=True, slots=True)
class Admin:
    """Whom to write to."""

    id: UUID
    email: str
    name: str
    is_active: bool
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Inside:
    """What was read of an organization. `entries` are the newest of its trail, the newest first."""

    organization: Organization
    admins: tuple[Admin, ...]
    entries: tuple[LogEntry, ...]


def look_inside(slug: str, *, reason: str, entries: int = 50) -> Inside:
    """Read who an organization's admins are, and the newest of its trail. See Note [Looking in].

    :raises NoReason: when nobody says why.
    :raises NoSuchOrganization: when there is none.
    """
    reason, organization = check_reason(reason), get_organization(slug)
    scope = Current.scoped(organization=organization, reason=reason)
    with use_tenant(organization), scope, transaction.atomic():
        read = {"read": ["admins", "audit_logs"]}
        record("organization.inspected", resource_type="organization", resource_id=organization.id, changes=read)
        admins = User.objects.filter(role=Role.ADMIN).order_by("created_at", "id")
        return Inside(
            organization,
            tuple(map(_admin, admins)),
            tuple(with_owners(LogEntry.objects.all())[: min(entries, MOST_ENTRIES)]),
        )


def _admin(user: User) -> Admin:
    name = f"{user.first_name} {user.last_name}".strip()
    return Admin(user.id, user.email, name, user.is_active, user.email_confirmed_at is not None)
