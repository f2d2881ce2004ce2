"""Composing own roles (custom roles): made, changed and deleted by whoever holds all that they grant."""

# Bulk write: a role that is called something else is called so in the rows of who has it.

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from unicodedata import normalize
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet

from accounts.models import CustomRole, RoleMember
from accounts.roles.escalation import Locked, lock
from audit.reading.as_of import instances_as_of
from workix.core.apps import grantable, granted_by
from workix.core.errors import Conflict, Invalid, NotFound
from workix.core.permissions import Role

MOST_ROLES = 100
FIELD = "permissions"
WRITE = "roles:write"


class TooManyRoles(Conflict):
    detail = f"An organization has {MOST_ROLES} own roles at most. Delete one first."


def roles() -> QuerySet[CustomRole]:
    """List the own roles of the organization in scope by name, with how many people have each."""
    counted = CustomRole.objects.annotate(members_count=Count("members"))  # type: ignore[no-redef]  # the model says it, too
    return counted.order_by("name", "id")  # GROUP BY forgets that of Meta


def roles_as_of(moment: datetime, *, now: datetime) -> list[CustomRole]:
    """List them as they were at a moment, from the audit trail, with how many people had each. See Note [As of a moment].

    :raises Invalid: when that moment is yet to come.
    :raises TrailTooShort: when the trail was pruned beyond it.
    """
    found = instances_as_of(CustomRole, moment, now=now)
    many = Counter(member.role_id for member in instances_as_of(RoleMember, moment, now=now))
    for role in found:
        role.members_count = many[role.id]
    return found


def get_role(role_id: UUID) -> CustomRole:
    """Return one of them.

    :raises NotFound: when there is none with this id.
    """
    found = roles().filter(id=role_id).first()
    if found is None:
        raise NotFound
    return found


def create(*, name: str, permissions: Iterable[str], description: str = "") -> CustomRole:
    """Compose a role. See Note [Nobody passes on what they do not hold].

    :raises Invalid: when the name is taken, or something is no permission that people can hold.
    :raises MoreThanYouHold: when it grants what whoever acts does not hold.
    :raises TooManyRoles: when the organization has MOST_ROLES.
    """
    role = CustomRole(name=_checked_name(name), description=description, permissions=_checked(permissions))
    with transaction.atomic():
        # All of them: of two who come at once, one waits for the other, and counts what the other made.
        lock(WRITE, roles=Q(id__isnull=False)).require(role.granted)
        if CustomRole.objects.count() >= MOST_ROLES:
            raise TooManyRoles
        _save(role, force_insert=True)
    return get_role(role.id)


def change(role_id: UUID, **changes: Any) -> CustomRole:
    """Change `name`, `description` or `permissions`, for everybody who has it and from their next call on.

    :raises NotFound: when there is no such role.
    :raises Invalid: when the name is taken, or something is no permission that people can hold.
    :raises MoreThanYouHold: when it granted, or would grant, what whoever acts does not hold.
    """
    checks: dict[str, Callable[[Any], str]] = {"name": _checked_name, FIELD: _checked}
    written = {name: checks.get(name, str)(value) for name, value in changes.items()}
    with transaction.atomic():
        role, locked = _locked(role_id)
        locked.require(granted_by(written.get(FIELD, "")))
        for name, value in written.items():
            setattr(role, name, value)
        _save(role, update_fields=[*written, "updated_at"])
        if "name" in written:
            RoleMember.objects.filter(role=role).update(name=role.name)
    return get_role(role_id)


def delete(role_id: UUID) -> None:
    """Delete a role, and take it from everybody who has it.

    :raises NotFound: when there is no such role.
    :raises MoreThanYouHold: when it grants what whoever acts does not hold.
    """
    with transaction.atomic():
        role, _ = _locked(role_id)
        role.delete()


def _locked(role_id: UUID) -> tuple[CustomRole, Locked]:
    """Return a role that whoever acts may change."""
    locked = lock(WRITE, roles=Q(id=role_id))
    role = locked.roles.get(role_id)
    if role is None:
        raise NotFound
    locked.require(role.granted)
    return role, locked


def _save(role: CustomRole, **how: Any) -> None:
    try:
        with transaction.atomic():
            role.save(**how)
    except IntegrityError as error:
        raise Invalid("There is a role of this name already.", field="name", problem="unique") from error


def _checked_name(name: str) -> str:
    """Write a name in its one form: that of Unicode (NFC), and with single blanks."""
    written = " ".join(normalize("NFC", name).split())
    if not written:
        raise Invalid("A role has a name.", field="name", problem="blank")
    if written.casefold() in set(Role):
        raise Invalid("A fixed role is called so.", field="name", problem="unique")
    return written


def _checked(names: Iterable[str]) -> str:
    """Write permissions as a role keeps them."""
    wanted = sorted(set(names))
    if not wanted:
        raise Invalid("Name at least one permission.", field=FIELD, problem="required")
    if not grantable().issuperset(wanted):
        raise Invalid("This is no permission that people can hold.", field=FIELD, problem="unknown_permission")
    return " ".join(wanted)
