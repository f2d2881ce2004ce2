"""Group (RFC 7643, section 4.2): a role as SCIM knows it, and how many people one request names or moves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from accounts.scim.errors import InvalidValue

#: Of a group with more people than this no members are listed: a part of them would be read as all of them.
MOST_MEMBERS = 1_000
#: So many people are moved by one request.
MOST_MOVED = 500


class GroupTooLarge(InvalidValue):
    detail = "This group is too large to be replaced. Add people, and remove people."


class TooManyMoved(InvalidValue):
    detail = f"One request moves {MOST_MOVED} people at most."


class NobodyHere(InvalidValue):
    detail = "One of these people is not in this organization."


@dataclass(frozen=True, slots=True)
class Member:
    id: UUID
    email: str


@dataclass(frozen=True, slots=True)
class Group:
    """A role. `members` is None where nobody asked for them, or there are more than MOST_MEMBERS; `version` is of own roles."""

    id: str
    name: str
    members: tuple[Member, ...] | None = None
    version: str = ""


def require_few(person_ids: Collection[UUID]) -> None:
    """Make sure that one request does not hold too many rows.

    :raises TooManyMoved: when these people are more than MOST_MOVED.
    """
    if len(person_ids) > MOST_MOVED:
        raise TooManyMoved
