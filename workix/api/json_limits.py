"""JSON limits: a body nests only so deep and holds only so many values, looked at before any serializer is; how we write JSON."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

import orjson

#: Of orjson: times in UTC with Z, as RFC 3339 has them. Here, since jobs and exports write JSON without REST framework.
OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z

#: Deeper than anything a person designs by hand.
MAX_DEPTH = 32
#: Members of objects and items of lists, over the whole body. What a serializer does to a value costs more than sending it.
MAX_VALUES = 10_000


def is_within(body: bytes, value: Any, *, depth: int = MAX_DEPTH, values: int = MAX_VALUES) -> bool:
    """Say whether `value`, read from `body`, keeps both limits; what is over them is left alone at once.

    Each level but the first was opened by a bracket, each value but the first of its level follows a comma: most bodies
    have too few of both to be looked into.
    """
    opened = body.count(b"{") + body.count(b"[")
    if opened <= depth and opened + body.count(b",") <= values:
        return True
    return _walk(value, depth, values)


def _walk(value: Any, depth: int, values: int) -> bool:
    """Go down level by level, so that no level is larger than what was still allowed."""
    level: list[Any] = [value] if isinstance(value, (dict, list)) else []
    while level:
        values -= sum(map(len, level))
        if depth == 0 or values < 0:
            return False
        depth -= 1
        level = [each for each in chain.from_iterable(map(_inside, level)) if isinstance(each, (dict, list))]
    return True


def _inside(container: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return container.values() if isinstance(container, dict) else container
