"""Reads nodes of an organization's Merkle tree in one query, however large the tree, as the role that is in scope."""

# Raw SQL: reads ranges of two tables at once, for which the ORM has no word.

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import connection

from audit.merkle import Nodes

Range = tuple[int, int, int]
Answer = TypeVar("Answer")

_NODES = """
    SELECT 0, index, hash FROM audit_leaves
      JOIN unnest(%(levels)s::int[], %(firsts)s::bigint[], %(counts)s::bigint[]) AS wanted (at, first, count)
        ON at = 0 AND index >= first AND index < first + count
    UNION ALL
    SELECT level, index, hash FROM audit_subtrees
      JOIN unnest(%(levels)s::int[], %(firsts)s::bigint[], %(counts)s::bigint[]) AS wanted (at, first, count)
        ON at = level AND index >= first AND index < first + count"""


class IncompleteTree(RuntimeError):
    """Nodes that must be there are not: somebody took them away."""


def read_for(compute: Callable[[Nodes], Answer]) -> Answer:
    """Compute something of the tree. It is computed twice: first to learn which nodes it takes, which one query then reads.

    :raises IncompleteTree: when some of them are gone.
    """
    wanted: list[Range] = []

    def note(level: int, first: int, count: int) -> Sequence[bytes]:
        wanted.append((level, first, count))
        return [b""] * count

    compute(note)
    found = _read(wanted)
    return compute(lambda level, first, count: _of_range(found, level, first, count))


def _read(wanted: list[Range]) -> dict[tuple[int, int], bytes]:
    levels, firsts, counts = (list(column) for column in zip(*wanted, strict=True)) if wanted else ([], [], [])
    with connection.cursor() as cursor:
        cursor.execute(_NODES, {"levels": levels, "firsts": firsts, "counts": counts})
        return {(level, index): bytes(node) for level, index, node in cursor.fetchall()}


def _of_range(found: dict[tuple[int, int], bytes], level: int, first: int, count: int) -> Sequence[bytes]:
    try:
        return [found[level, index] for index in range(first, first + count)]
    except KeyError as missing:
        raise IncompleteTree(f"The tree lacks the node {missing.args[0]}.") from missing
