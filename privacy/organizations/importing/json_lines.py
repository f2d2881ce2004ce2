"""Reads JSON that anybody may have written: an object, each name once, and only texts that PostgreSQL can keep."""

from __future__ import annotations

import json
import re
from typing import Any

DEEPEST = 100
_NOT_KEPT = re.compile("[\0\ud800-\udfff]")


def read_object(line: bytes) -> dict[str, Any]:
    """Read one.

    :raises ValueError: saying what is wrong with it.
    """
    try:
        found = json.loads(line, object_pairs_hook=_object, parse_constant=_no_number)
    except _Wrong:
        raise
    except (ValueError, RecursionError):
        raise _Wrong("This is no JSON object in UTF-8.") from None
    if not isinstance(found, dict):
        raise _Wrong("This is no JSON object in UTF-8.")
    _require_storable(found)
    return found


class _Wrong(ValueError):
    """What is wrong, in a sentence."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise _Wrong("A name stands twice in one object.")
    return dict(pairs)


def _no_number(name: str) -> None:
    raise _Wrong(f"{name} is no number of JSON.")


def _require_storable(value: Any) -> None:
    """Look through all texts, without recursion, and no deeper than DEEPEST."""
    waiting = [(value, 0)]
    while waiting:
        each, depth = waiting.pop()
        if depth > DEEPEST:
            raise _Wrong(f"It is nested deeper than {DEEPEST} levels.")
        if isinstance(each, dict):
            waiting += [(part, depth + 1) for part in (*each.keys(), *each.values())]
        elif isinstance(each, list):
            waiting += [(part, depth + 1) for part in each]
        elif isinstance(each, str) and _NOT_KEPT.search(each):
            raise _Wrong("There is a NUL in a text, or half of a character (a surrogate of UTF-16).")
