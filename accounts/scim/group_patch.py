"""PATCH and PUT of a SCIM group (RFC 7644, sections 3.5.1 and 3.5.2): reads who is to be put in, taken out, or in it alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.scim.errors import InvalidPath, InvalidSyntax, InvalidValue, NotMutable
from accounts.scim.filters.tree import Comparison, Node
from accounts.scim.groups.group import Group
from accounts.scim.groups.membership import get_group, lock_group, members_of, put_in, replace_members, take_out
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
    acts = [act for operation in operations for act in _acts(group, operation)]
    whom = _whom(group, acts)
    with transaction.atomic():
        lock_group(group.id, whom, version=version)
        for act in acts:
            _do(group, act, whom, now=now)


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
    named = _ids(given.get("members"))
    whom = members_of(group.id) ^ named
    with transaction.atomic():
        lock_group(group.id, whom, version=version)
        replace_members(group.id, named, among=whom, now=now)


def _acts(group: Group, operation: Operation) -> list[Operation]:
    """Write an operation as one for each attribute."""
    if operation.attribute:
        return [operation]
    return [
        Operation(operation.verb, name.lower(), value)
        for name, value in operation.value.items()
        if not (name.lower() == "id" and value == group.id)  # Okta sends it along
    ]


def _whom(group: Group, acts: list[Operation]) -> frozenset[UUID]:
    """Find whom all of it is about: who is named, and where it replaces, who is in the group. One act moves only who differs."""
    of_members = [act for act in acts if act.attribute in _MEMBERS]
    replaces = [_is_replacing(act) for act in of_members]
    named = frozenset(person for act in of_members for person in _named(act))
    if not any(replaces):
        return named
    there = members_of(group.id)
    return there ^ named if len(of_members) == 1 else there | named


def _do(group: Group, operation: Operation, whom: frozenset[UUID], *, now: datetime) -> None:
    if operation.attribute in _MEMBERS and _is_replacing(operation):
        replace_members(group.id, _named(operation), among=whom, now=now)
    elif operation.attribute in _MEMBERS:
        (put_in if operation.verb == "add" else take_out)(group.id, _named(operation), now=now)
    elif operation.attribute == "displayname" and operation.verb != "remove":
        _require_name(group, operation.value)
    elif operation.attribute in ("id", "displayname") or operation.attribute.split(".")[0] == "meta":
        raise NotMutable("No client writes this.")
    elif operation.attribute not in ("externalid", "schemas"):  # taken, and not kept
        raise InvalidPath("A Group has no such attribute.")


def _is_replacing(operation: Operation) -> bool:
    """Say whether it says who is in the group alone; who removes members and names none, replaces them with nobody."""
    if operation.where is not None and operation.verb != "remove":
        raise InvalidPath("A filter chooses members to remove. Add them by `members`.")
    removes_all = operation.verb == "remove" and operation.where is None and operation.value is None
    return removes_all or operation.verb == "replace"


def _named(operation: Operation) -> frozenset[UUID]:
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
