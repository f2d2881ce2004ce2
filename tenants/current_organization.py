"""The current organization's own row in `public`, read and changed through SECURITY DEFINER functions keyed on its role."""

# Raw SQL: calls functions of `public`.

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from audit.recording import record
from tenants.resolution import forget_all
from workix.config.origins import MOST_ORIGINS, page_origin
from workix.core.current import Current
from workix.core.errors import Invalid, NotFound


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
    origins: str
    allows_switching: bool

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """Whose pages may call the API on its host (CORS)."""
        return tuple(self.origins.split())


def own_organization() -> OwnOrganization:
    """Read the row of the organization in scope."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT *, public.my_removal_due_at(), public.my_allowed_origins(), public.my_organization_allows_switching()"
            " FROM public.my_organization()"
        )
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


def allow_origins(origins: Sequence[str]) -> OwnOrganization:
    """Let pages of these origins, and of no others, call the API on the organization's own host (CORS).

    :raises Invalid: when one is no origin, or there are more than anybody has.
    """
    wanted = _checked(origins)
    with transaction.atomic():
        before = own_organization()
        if wanted == before.allowed_origins:
            return before
        with connection.cursor() as cursor:
            cursor.execute("SELECT public.allow_my_origins(%s)", [" ".join(wanted)])
        _record("organization.policies_changed", {"allowed_origins": [list(before.allowed_origins), list(wanted)]})
        changed = own_organization()
    forget_all()
    return changed


def allow_switching(wanted: bool) -> OwnOrganization:  # the word it is called with says which
    """Let people of the organization in scope switch to and from others that allow it, or let them no more."""
    with transaction.atomic():
        before = own_organization()
        if wanted == before.allows_switching:
            return before
        with connection.cursor() as cursor:
            cursor.execute("SELECT public.allow_my_switching(%s)", [wanted])
        _record("organization.policies_changed", {"allows_switching": [before.allows_switching, wanted]})
        changed = own_organization()
    forget_all()
    return changed


def change_policies(
    *, allowed_origins: Sequence[str] | None = None, allows_switching: bool | None = None
) -> OwnOrganization:
    """Decide what is named, all of it or nothing.

    :raises Invalid: when an origin is none, or there are more than anybody has.
    """
    with transaction.atomic():
        if allowed_origins is not None:
            allow_origins(allowed_origins)
        if allows_switching is not None:
            allow_switching(allows_switching)
        decided = own_organization()
    forget_all()  # once it is committed
    return decided


def _checked(origins: Sequence[str]) -> tuple[str, ...]:
    checked: dict[str, None] = {}
    for number, origin in enumerate(origins):
        try:
            checked[page_origin(origin)] = None
        except ValueError as error:
            raise Invalid(f"This {error}.", field=f"allowed_origins.{number}") from None
    if len(checked) > MOST_ORIGINS:
        raise Invalid(f"Name {MOST_ORIGINS} origins or fewer.", field="allowed_origins", problem="max_length")
    return tuple(checked)


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
