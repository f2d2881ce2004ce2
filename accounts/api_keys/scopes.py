"""Scopes of an API key: a subset of the permissions that keys may hold, and of those that its admin holds."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import ApiKey, User
from workix.core.apps import scopes as known_scopes
from workix.core.errors import Denied, Invalid

FIELD = "scopes"


class MoreThanYours(Denied):
    detail = "This key may do what you may not. Ask somebody who may."


def checked_scopes(wanted: Iterable[str], *, by: User, known: frozenset[str] | None = None) -> str:
    """Write scopes as a key keeps them; `known` are those that its kind may have, else those of API keys.

    :raises Invalid: when one is no scope of keys, when there is none, or when `by` does not hold one.
    """
    known = known_scopes() if known is None else known
    scopes = sorted(set(wanted))
    if not scopes:
        raise Invalid("Name at least one scope.", field=FIELD, problem="required")
    for scope in scopes:
        if scope not in known:
            raise Invalid("A key of this kind can't hold this.", field=FIELD, problem="unknown_scope")
        if scope not in by.permissions:
            raise Invalid("You do not hold one of these yourself.", field=FIELD, problem="not_held")
    return " ".join(scopes)


def require_held(key: ApiKey, *, by: User) -> None:
    """Make sure that who changes a key, or gets to see a new one, could have given it all it holds.

    :raises MoreThanYours: when they could not.
    """
    if not key.permissions <= by.permissions:
        raise MoreThanYours
