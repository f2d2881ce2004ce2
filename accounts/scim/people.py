"""Provisioning people by SCIM: list, add, replace, patch and remove them, through the capability of members."""

# Note [What SCIM may say of a person]
# Whoever holds a key of SCIM says who works here. It opens no account by that:
#
# - A person who is added has no password, and their address is not proven: they get the link that proves it, as anybody
#   does (Note [Proven addresses]). So no key brings an address into the e-mail index, and none opens another organization.
# - An address is not changed: whoever could would have the next link for a password sent to themself.
# - A new person, and one who comes back, is a viewer; groups give more, and no key makes an admin (Note [Groups are roles]).
#   An admin who was deactivated and is activated by a key is a viewer, too: it would be a key that makes an admin. And whoever
#   is activated by one has no roles of the organization's own: these may hold all that an admin does.
#
# Deactivating ends sessions on the next call, and the last active admin stays, as for every other caller of members.

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import members
from accounts.email_confirmation import ask_for_confirmation
from accounts.models import User
from accounts.models.email_address import AddressTaken
from accounts.roles.membership import take_all
from accounts.scim.errors import InvalidPath, InvalidValue, NotMutable, NotUnique
from accounts.scim.filters.people import people_by, people_where
from accounts.scim.groups.fixed_roles import LEAST
from accounts.scim.patch import Operation
from accounts.scim.person_values import Columns, read_removal, read_value
from accounts.scim.versions import require_version
from workix.core.errors import Invalid
from workix.core.permissions import Role


def people(*, where: str | None, sort_by: str | None, descending: bool) -> QuerySet[User]:
    """List people, in the order they came if nobody asks for another.

    :raises InvalidFilter: when the filter can't be read.
    :raises InvalidValue: when they can't be sorted by this.
    """
    order = people_by(sort_by, descending=descending) if sort_by else ("created_at", "id")
    found = User.objects.filter(people_where(where) if where else Q())
    return found.order_by(*order).prefetch_related("role_members")  # their groups are shown


def add(given: Columns, *, now: datetime) -> User:
    """Add a person. See Note [What SCIM may say of a person].

    :raises NotUnique: when the address is somebody's here.
    :raises InvalidValue: when it is none that mail servers take.
    :raises QuotaExceeded: when every seat is taken.
    """
    try:
        return members.add_without_password(role=LEAST.value, now=now, **{"is_active": True, **given})
    except AddressTaken as error:
        raise NotUnique from error
    except Invalid as error:
        raise InvalidValue(f"userName: {error.detail}") from error


def replace(person_id: UUID, given: Columns, *, version: str | None, now: datetime) -> User:
    """Change a person to what was read of a whole one.

    :raises NotFound: when nobody here has this id.
    :raises PreconditionFailed: when they are of another version.
    :raises NotMutable: when they would have another address.
    :raises LastAdmin: when no active admin would be left, and LastBreakGlassAdmin when none who could come in.
    """
    return _changed(person_id, lambda _: given, version=version, now=now)


def patch(person_id: UUID, operations: list[Operation], *, version: str | None, now: datetime) -> User:
    """Change a person by operations, all or none. Raises what `replace` does, and what is wrong with an operation."""
    return _changed(person_id, lambda user: _after(user, operations), version=version, now=now)


def remove(person_id: UUID, *, version: str | None, now: datetime) -> None:
    """Remove a person, who comes back as the same one if they are added again.

    :raises NotFound: when nobody here has this id.
    :raises PreconditionFailed: when they are of another version.
    :raises LastAdmin: when no active admin would be left, and LastBreakGlassAdmin when none who could come in.
    """
    with transaction.atomic():
        require_version(members.lock_person(person_id), version)
        members.remove(person_id, now=now)


def _changed(person_id: UUID, wanted: Callable[[User], Columns], *, version: str | None, now: datetime) -> User:
    """Write what differs, on the locked row; an identity provider repeats itself, and changes nothing by that."""
    with transaction.atomic():
        user = members.lock_person(person_id)
        require_version(user, version)
        given = wanted(user)
        if given.get("email", user.email) != user.email:
            raise NotMutable("userName stays. Who gets another address is added as another person.")
        changes = {column: value for column, value in given.items() if getattr(user, column) != value}
        if not changes:
            return user
        if changes.get("is_active"):
            take_all(user)
            changes |= {"role": LEAST.value} if user.role == Role.ADMIN else {}
        user = members.change(person_id, now=now, **changes)
        if changes.get("is_active") and user.email_confirmed_at is None:
            ask_for_confirmation(user)
        return user


def _after(user: User, operations: list[Operation]) -> Columns:
    wanted: Columns = {}
    for operation in operations:
        wanted |= _columns(user, operation)
    return wanted


def _columns(user: User, operation: Operation) -> Columns:
    if operation.where is not None:
        _require_items(operation)
        return {}  # the items of e-mail addresses and what else is a list are not kept
    if operation.verb == "remove":
        return read_removal(operation.attribute)
    if operation.attribute:
        return read_value(operation.attribute, operation.value)
    found: Columns = {}
    for name, value in operation.value.items():
        found |= _unless_same(user, name.lower(), value)
    return found


def _unless_same(user: User, attribute: str, value: Any) -> Columns:
    """Read an attribute of a value without a path. Okta sends the `id` along, which is no attempt to change it."""
    if attribute == "id" and value == str(user.id):
        return {}
    return read_value(attribute, value, is_path=False)


def _require_items(operation: Operation) -> None:
    """Make sure that a filter stands behind an attribute that is a list, and that there is such a one.

    :raises InvalidPath: when it does not, or there is none.
    :raises NotMutable: when no client writes it.
    """
    if operation.attribute.split(".")[0] in ("username", "externalid", "active", "name"):
        raise InvalidPath("This attribute has one value: no filter chooses among them.")
    read_removal(operation.attribute)
