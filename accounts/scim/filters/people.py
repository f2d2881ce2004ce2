"""Filters and orders of SCIM over people: a closed list of attributes, each a column or a constant; never SQL."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual
from django.utils.dateparse import parse_datetime

from accounts.models import RoleMember
from accounts.models.email_address import normalize_address
from accounts.scim.errors import InvalidFilter, InvalidValue
from accounts.scim.filters.grammar import attribute_name, parse
from accounts.scim.filters.tree import Comparison, Meaning

_ORDERINGS = {"gt": GreaterThan, "ge": GreaterThanOrEqual, "lt": LessThan, "le": LessThanOrEqual}
_TESTS: Mapping[str, Callable[[str, str], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "co": operator.contains,
    "sw": str.startswith,
    "ew": str.endswith,
}
_EVERYBODY, _NOBODY = Q(id__isnull=False), Q(id__isnull=True)


class _Kind(Protocol):
    def __call__(self, asked: Comparison) -> Q: ...


def _unfit(asked: Comparison) -> InvalidFilter:
    return InvalidFilter(f"{asked.attribute} can't be compared with this, or not by {asked.operator}.")


@dataclass(frozen=True, slots=True)
class _Text:
    """A column of text, empty where there is none. Case counts where RFC 7643 says caseExact."""

    column: str
    case_exact: bool = False

    def __call__(self, asked: Comparison) -> Q:
        if asked.operator == "pr":
            return ~Q(**{self.column: ""})
        if asked.value is None and asked.operator in ("eq", "ne"):
            return Q(**{self.column: ""}) if asked.operator == "eq" else ~Q(**{self.column: ""})
        if not isinstance(asked.value, str):
            raise _unfit(asked)
        return self._compared(asked.operator, asked.value)

    def _compared(self, how: str, value: str) -> Q:
        if how in _ORDERINGS:
            column = F(self.column) if self.case_exact else Lower(self.column)
            return Q(_ORDERINGS[how](column, value if self.case_exact else value.lower()))
        i = "" if self.case_exact else "i"
        lookups = {
            "eq": f"{i}exact",
            "ne": f"{i}exact",
            "co": f"{i}contains",
            "sw": f"{i}startswith",
            "ew": f"{i}endswith",
        }
        found = Q(**{f"{self.column}__{lookups[how]}": value})
        return ~found if how == "ne" else found


@dataclass(frozen=True, slots=True)
class _Address:
    """The address. It is compared as it is kept, so that an index serves the question each identity provider asks."""

    def __call__(self, asked: Comparison) -> Q:
        if asked.operator in ("eq", "ne") and isinstance(asked.value, str):
            found = Q(email=normalize_address(asked.value))
            return found if asked.operator == "eq" else ~found
        return _Text("email")(asked)


@dataclass(frozen=True, slots=True)
class _Identity:
    """The id: what is no UUID is nobody's."""

    def __call__(self, asked: Comparison) -> Q:
        if asked.operator == "pr":
            return _EVERYBODY
        if asked.operator not in ("eq", "ne") or not isinstance(asked.value, str):
            raise _unfit(asked)
        found = Q(id=asked.value) if _is_uuid(asked.value) else _NOBODY
        return found if asked.operator == "eq" else ~found


@dataclass(frozen=True, slots=True)
class _Flag:
    column: str

    def __call__(self, asked: Comparison) -> Q:
        if asked.operator == "pr":
            return _EVERYBODY
        value = {"true": True, "false": False}.get(str(asked.value).lower())
        if asked.operator not in ("eq", "ne") or value is None:
            raise _unfit(asked)
        return Q(**{self.column: value if asked.operator == "eq" else not value})


@dataclass(frozen=True, slots=True)
class _Moment:
    column: str

    def __call__(self, asked: Comparison) -> Q:
        if asked.operator == "pr":
            return _EVERYBODY
        moment = _moment(asked.value)
        if moment is None or asked.operator not in ("eq", "ne", *_ORDERINGS):
            raise _unfit(asked)
        lookup = {"eq": "", "ne": "", "gt": "__gt", "ge": "__gte", "lt": "__lt", "le": "__lte"}[asked.operator]
        found = Q(**{f"{self.column}{lookup}": moment})
        return ~found if asked.operator == "ne" else found


@dataclass(frozen=True, slots=True)
class _Constant:
    """What is the same for everybody: it holds, or it does not."""

    value: str

    def __call__(self, asked: Comparison) -> Q:
        if asked.operator == "pr":
            return _EVERYBODY
        if asked.operator not in _TESTS or not isinstance(asked.value, str | bool):
            raise _unfit(asked)
        return _EVERYBODY if _TESTS[asked.operator](self.value, str(asked.value).lower()) else _NOBODY


@dataclass(frozen=True, slots=True)
class _GroupId:
    """The ids of somebody's groups: their fixed role, and own ones. One of them is as asked; for `ne` none is."""

    case_exact: bool = False

    def __call__(self, asked: Comparison) -> Q:
        if asked.operator == "ne":
            return ~self(replace(asked, operator="eq"))
        fixed = _Text("role", self.case_exact)(asked)
        if asked.operator == "eq" and isinstance(asked.value, str) and _is_uuid(asked.value):
            return fixed | _has_own_role(Q(role_id=asked.value))
        return fixed


@dataclass(frozen=True, slots=True)
class _GroupName:
    """What somebody's groups are called, likewise."""

    def __call__(self, asked: Comparison) -> Q:
        if asked.operator == "ne":
            return ~self(replace(asked, operator="eq"))
        return _Text("role")(asked) | _has_own_role(_Text("name")(asked))


def _has_own_role(as_asked: Q) -> Q:
    return Q(Exists(RoleMember.objects.filter(as_asked, user=OuterRef("pk"))))


ATTRIBUTES: Mapping[str, _Kind] = {
    "id": _Identity(),
    "externalid": _Text("external_id", case_exact=True),
    "username": _Address(),
    "emails": _Address(),
    "emails.value": _Address(),
    "emails.type": _Constant("work"),
    "emails.primary": _Constant("true"),
    "name.givenname": _Text("first_name"),
    "name.familyname": _Text("last_name"),
    "active": _Flag("is_active"),
    "groups": _GroupId(),
    "groups.value": _GroupId(case_exact=True),
    "groups.display": _GroupName(),
    "meta.resourcetype": _Constant("user"),
    "meta.created": _Moment("created_at"),
    "meta.lastmodified": _Moment("updated_at"),
}

#: What an index serves.
ORDERS = {
    "id": "id",
    "username": "email",
    "emails": "email",
    "emails.value": "email",
    "name.givenname": "first_name",
    "name.familyname": "last_name",
    "active": "is_active",
    "meta.created": "created_at",
}


def people_where(text: str) -> Q:
    """Say which people a filter means.

    :raises InvalidFilter: when it can't be read, or asks for what is not in ATTRIBUTES.
    """
    return _MEANING.of(parse(text))


def people_by(sort_by: str, *, descending: bool) -> tuple[str, ...]:
    """Say in which order people come. The id decides where they are equal.

    :raises InvalidValue: when they can't be ordered by this.
    :raises InvalidFilter: when it can be no name.
    """
    name = attribute_name(sort_by)
    if name not in ORDERS:
        raise InvalidValue("People can't be sorted by this.")
    sign = "-" if descending else ""
    return tuple(dict.fromkeys((f"{sign}{ORDERS[name]}", f"{sign}id")))


def _leaf(asked: Comparison) -> Q:
    if asked.attribute not in ATTRIBUTES:
        raise InvalidFilter("There is no such attribute, or people are not searched by it.")
    return ATTRIBUTES[asked.attribute](asked)


_MEANING: Meaning[Q] = Meaning(_leaf, negated=operator.inv, both=operator.and_, either=operator.or_)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _moment(value: object) -> datetime | None:
    """Read a moment as XML Schema writes it; one without a zone is in UTC."""
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
        if found is None:
            return None
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
