"""Filters of SCIM over groups: there are a hundred at most, so each is looked at; who is in one is asked for by id."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from uuid import UUID

from accounts.scim.errors import InvalidFilter
from accounts.scim.filters.grammar import parse
from accounts.scim.filters.tree import Comparison, Meaning, Node, Not
from accounts.scim.groups.group import Group
from accounts.scim.groups.membership import groups_of_people

_TESTS: dict[str, Callable[[str, str], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "co": operator.contains,
    "sw": str.startswith,
    "ew": str.endswith,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
_MEMBER = ("members", "members.value")


def groups_where(text: str, found: list[Group]) -> list[Group]:
    """Return those of the groups that a filter means. Two statements, where it names members, or none.

    :raises InvalidFilter: when it can't be read, or asks for what groups do not have.
    """
    tree = parse(text)
    named = {leaf.value: UUID(leaf.value) for leaf in _leaves(tree) if _names_somebody(leaf)}  # type: ignore[arg-type]
    at = groups_of_people(named.values()) if named else {}
    groups_of: dict[object, set[str]] = {text: at.get(person, set()) for text, person in named.items()}
    return [each for each in found if _meaning(each, groups_of).of(tree)]


def _meaning(group: Group, groups_of: dict[object, set[str]]) -> Meaning[bool]:
    def holds(asked: Comparison) -> bool:
        if asked.attribute in _MEMBER and asked.operator in ("eq", "ne"):
            return (group.id in groups_of.get(asked.value, ())) == (asked.operator == "eq")
        return _holds(group, asked)

    return Meaning(holds, negated=operator.not_, both=operator.and_, either=operator.or_)


def _holds(group: Group, asked: Comparison) -> bool:
    text = {"id": group.id, "displayname": group.name, "meta.resourcetype": "Group", "externalid": ""}.get(
        asked.attribute
    )
    if text is None:
        raise InvalidFilter("There is no such attribute, or groups are not searched by it.")
    if asked.operator == "pr":
        return bool(text)
    if not isinstance(asked.value, str):
        raise InvalidFilter(f"{asked.attribute} is compared with a text.")
    return _TESTS[asked.operator](text.lower(), asked.value.lower())


def _leaves(node: Node) -> Iterator[Comparison]:
    if isinstance(node, Comparison):
        yield node
    elif isinstance(node, Not):
        yield from _leaves(node.operand)
    else:
        yield from _leaves(node.left)
        yield from _leaves(node.right)


def _names_somebody(leaf: Comparison) -> bool:
    """Say whether a leaf asks for somebody by what can be an id; nobody has any other."""
    if leaf.attribute not in _MEMBER or not isinstance(leaf.value, str):
        return False
    try:
        return bool(UUID(leaf.value))
    except ValueError:
        return False
