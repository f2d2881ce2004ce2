"""Replays the changes of an audit trail: what every row must be, if each write has its entry and each entry its write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Row = dict[str, Any]
#: A column that is kept secret shows that it changed, and not what it holds.
REDACTED = "[redacted]"


class Disagreement(AssertionError):
    """An entry says that a column held something else than the entries before it left there."""


def replay(entries: Iterable[tuple[str, str, dict[str, list[Any]]]]) -> dict[str, Row]:
    """Make rows, by id, of entries in their order: action, id, and of each column what was before and after."""
    rows: dict[str, Row] = {}
    for action, identity, changes in entries:
        if action.endswith(".created") == (identity in rows):
            raise Disagreement(f"{action} of {identity}, which is {'there' if identity in rows else 'not there'}.")
        row = rows.setdefault(identity, {})
        for column, (before, after) in changes.items():
            if row.get(column) != before and before != REDACTED:
                raise Disagreement(f"{action} of {identity}: {column} was {row.get(column)!r}, and not {before!r}.")
            row[column] = after
    return rows
