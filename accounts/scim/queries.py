"""SCIM queries (RFC 7644, sections 3.4.2 and 3.4.3): the parameters of a list, in the address or in a SearchRequest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from accounts.scim.discovery import MOST_RESULTS
from accounts.scim.errors import InvalidSyntax, InvalidValue
from accounts.scim.shown import Shown, shown

LIST_RESPONSE = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
SEARCH_REQUEST = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
#: A page, where nobody says how large.
USUAL_COUNT = 100
#: What PostgreSQL is asked to skip at most: nobody has so many.
_LAST_INDEX = 1_000_000_000
_LONGEST_NUMBER = 40

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Query:
    """What a list is asked for. `start` counts from one; `count` is MOST_RESULTS at most."""

    shown: Shown
    where: str | None = None
    sort_by: str | None = None
    descending: bool = False
    start: int = 1
    count: int = USUAL_COUNT

    def page(self, rows: Sequence[Row], total: int, write: Callable[[Row], Mapping[str, Any]]) -> dict[str, Any]:
        """Write a ListResponse of the rows from `start` on; `rows` may be a queryset."""
        found = [self.shown.of(write(row)) for row in rows[self.start - 1 : self.start - 1 + self.count]]
        return {
            "schemas": [LIST_RESPONSE],
            "totalResults": total,
            "startIndex": self.start,
            "itemsPerPage": len(found),
            "Resources": found,
        }


def query_of(parameters: Mapping[str, str]) -> Query:
    """Read the parameters of an address.

    :raises InvalidValue: when one can't be read.
    """
    return _query(parameters, lambda name: parameters.get(name, "").split(","))


def query_of_search(body: Any) -> Query:
    """Read a SearchRequest.

    :raises InvalidSyntax: when it is none.
    :raises InvalidValue: when a member of it can't be read.
    """
    if not isinstance(body, dict) or SEARCH_REQUEST not in _texts(body.get("schemas", [SEARCH_REQUEST]), "schemas"):
        raise InvalidSyntax(f"The body is an object, with {SEARCH_REQUEST} in `schemas`.")
    return _query(body, lambda name: _texts(body.get(name, []), name))


def shown_of(parameters: Mapping[str, str]) -> Shown:
    """Read what is to be shown of one resource.

    :raises InvalidValue: when that can't be read.
    """
    return shown(*(parameters.get(name, "").split(",") for name in ("attributes", "excludedAttributes")))


def _query(given: Mapping[str, Any], names: Callable[[str], list[str]]) -> Query:
    order = _text(given, "sortOrder") or "ascending"
    if order.lower() not in ("ascending", "descending"):
        raise InvalidValue("sortOrder is ascending or descending.")
    return Query(
        shown(names("attributes"), names("excludedAttributes")),
        where=_text(given, "filter"),
        sort_by=_text(given, "sortBy"),
        descending=order.lower() == "descending",
        start=min(max(_number(given, "startIndex", 1), 1), _LAST_INDEX),
        count=min(max(_number(given, "count", USUAL_COUNT), 0), MOST_RESULTS),
    )


def _text(given: Mapping[str, Any], name: str) -> str | None:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise InvalidValue(f"{name} is a text.")
    return value or None


def _number(given: Mapping[str, Any], name: str, usual: int) -> int:
    """Read a whole number. One that is too small or too large is taken for the nearest: RFC 7644, table 6."""
    value = given.get(name, usual)
    if isinstance(value, str) and len(value) <= _LONGEST_NUMBER and value.removeprefix("-").isdecimal():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise InvalidValue(f"{name} is a whole number.")


def _texts(value: Any, name: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise InvalidValue(f"{name} is a list of texts.")
    return list(value)
