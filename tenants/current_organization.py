"""The current organization's own row in `public`, read and changed through SECURITY DEFINER functions keyed on its role."""

# Raw SQL: calls functions of `public`.

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from audit.recording import record
from tenants.resolution import OrganizationSuspended, forget_all
from workix.core.current import Current
from workix.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class OwnOrganization:
    """The columns of `public.my_organization()`, and what functions of their own say besides."""

    id: UUID
    name: str
    slug: str
    plan: str
    status: str
    max_users: int
    max_pipelines: int
    max_executions_per_month: int
    created_at: datetime
    updated_at: datetime
    removal_due_at: datetime | None

    @property
    def sandbox_expires_at(self) -> datetime | None:
        """When it ends, where it is a sandbox: that never changes."""
        end: datetime | None = getattr(Current.organization, "sandbox_expires_at", None)
        return end


def own_organization() -> OwnOrganization:
    """Read the row of the organization in scope."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT *, public.my_removal_due_at() FROM public.my_organization()")
        return OwnOrganization(*cursor.fetchone())


def rename(name: str) -> OwnOrganization:
    """Give the organization in scope another name; its address stays."""
    with transaction.atomic():
        before = own_organization()
        with connection.cursor() as cursor:
            cursor.execute("SELECT public.rename_my_organization(%s)", [name])
        _record("organization.renamed", {"name": [before.name, name]})
        renamed = own_organization()
    forget_all()
    return renamed


@dataclass(frozen=True, slots=True)
class Removal:
    """When an organization will be removed, and whether it was not to be before."""

    due_at: datetime
    is_new: bool


class NoRemovalScheduled(NotFound):
    detail = "The removal of this organization is not scheduled."


def schedule_removal() -> Removal:
    """Have the organization in scope removed after the time of grace; return when. Asked again, the time stays."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Exactly thirty days from the beginning of this transaction: it was set here, and not before.
        cursor.execute(
            "SELECT due, due = transaction_timestamp() + interval '30 days' FROM public.schedule_my_removal() AS due"
        )
        removal = Removal(*cursor.fetchone())
        _record("organization.removal_scheduled", {"removal_due_at": [None, removal.due_at.isoformat()]})
    forget_all()
    return removal


def cancel_removal() -> None:
    """Let the organization in scope stay.

    :raises NoRemovalScheduled: when it was to stay anyway.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT public.cancel_my_removal()")
        if not cursor.fetchone()[0]:
            raise NoRemovalScheduled
        _record("organization.removal_cancelled", {})
    forget_all()


def _record(action: str, changes: dict[str, Any]) -> None:
    record(action, resource_type="organization", resource_id=Current.organization.id, changes=changes)


def suspension_refusal() -> OrganizationSuspended | None:
    """Return why nobody gets in to the organization in scope, where nobody does: what each look-up of a credential asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.my_organization_is_open()")
        (is_open,) = cursor.fetchone()
    return None if is_open else OrganizationSuspended()
