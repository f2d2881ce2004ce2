"""PATCH and PUT of a SCIM group (RFC 7644, sections 3.5.1 and 3.5.2): reads who is to be put in, taken out, or in it alone."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.scim.errors import InvalidPath, InvalidSyntax, InvalidValue, NotMutable
from accounts.scim.filters.tree import Comparison, Node
from accounts.scim.groups.group import Group
from accounts.scim.groups.membership import get_group, put_in, replace_members, require_version, take_out
from accounts.scim.patch import Operation

#: One request names so many people at most, over all of its operations.
MOST_NAMED = 1_000
_MEMBERS = ("members", "members.value")


def patch_group(group_id: str, operations: list[Operation], *, version: str | None, now: datetime) -> None:
    """Do operations on who is in a group, all or none. Raises what `put_in` and `take_out` do.

    :raises NotFound: when there is no such group.
    :raises InvalidPath: when a path leads to no attribute of groups.
    :raises NotMutable: when another attribute would change.
    :raises PreconditionFailed: when it is of another version.
    """
    group = get_group(group_id)
    with transaction.atomic():
        require_version(group.id, version)
        for operation in operations:
            _do(group, operation, now=now)


def replace_group(group_id: str, body: Any, *, version: str | None, now: datetime) -> None:
    """Have those in a group who are named, and nobody else. Raises what `replace_members` does.

    :raises NotFound: when there is no such group.
    :raises NotMutable: when it would be called otherwise.
    :raises PreconditionFailed: when it is of another version.
    """
    group = get_group(group_id)
    if not isinstance(body, dict):
        raise InvalidSyntax("The body is an object: a Group.")
    given = {name.lower(): value for name, value in body.items()}
    _require_name(group, given.get("displayname"))
    with transaction.atomic():
        require_version(group.id, version)
        replace_members(group.id, _ids(given.get("members")), now=now)


def _do(group: Group, operation: Operation, *, now: datetime) -> None:
    if operation.attribute:
        _do_at(group, operation, now=now)
        return
    for name, value in operation.value.items():
        if not (name.lower() == "id" and value == group.id):  # Okta sends it along
            _do_at(group, Operation(operation.verb, name.lower(), value), now=now)


def _do_at(group: Group, operation: Operation, *, now: datetime) -> None:
    if operation.attribute in _MEMBERS:
        _members_act(operation)(group.id, _named(operation), now=now)
    elif operation.attribute == "displayname" and operation.verb != "remove":
        _require_name(group, operation.value)
    elif operation.attribute in ("id", "displayname") or operation.attribute.split(".")[0] == "meta":
        raise NotMutable("No client writes this.")
    elif operation.attribute not in ("externalid", "schemas"):  # taken, and not kept
        raise InvalidPath("A Group has no such attribute.")


def _members_act(operation: Operation) -> Callable[..., None]:
    if operation.verb == "remove" and operation.where is None and operation.value is None:
        return replace_members  # with nobody
    if operation.where is not None and operation.verb != "remove":
        raise InvalidPath("A filter chooses members to remove. Add them by `members`.")
    return {"add": put_in, "remove": take_out, "replace": replace_members}[operation.verb]


def _named(operation: Operation) -> Collection[UUID]:
    if operation.where is not None:
        return _ids([{"value": each} for each in _chosen(operation.where)])
    return _ids(operation.value)


def _chosen(node: Node) -> list[Any]:
    """Read the ids of `value eq "…" or value eq "…"`: members are removed by nothing else."""
    if isinstance(node, Comparison) and (node.attribute, node.operator) == ("value", "eq"):
        return [node.value]
    if not isinstance(node, Comparison) and getattr(node, "either", False):
        return [*_chosen(node.left), *_chosen(node.right)]  # type: ignore[union-attr]  # only Both has `either`
    raise InvalidPath('Members are chosen as members[value eq "…"].')


def _ids(value: Any) -> frozenset[UUID]:
    """Read who is named: a list of objects with a `value`, one such object, or ids as plain texts, as some clients send them."""
    if value is None:
        return frozenset()
    listed = value if isinstance(value, list) else [value]
    if len(listed) > MOST_NAMED:
        raise InvalidValue(f"Name {MOST_NAMED} members or fewer at once.")
    return frozenset(_id(each.get("value") if isinstance(each, dict) else each) for each in listed)


def _id(value: Any) -> UUID:
    try:
        return UUID(value if isinstance(value, str) else "")
    except ValueError:
        raise InvalidValue("A member is named by the id of a User.") from None


def _require_name(group: Group, name: Any) -> None:
    if name is not None and name != group.name:
        raise NotMutable("A role is not renamed here.")
