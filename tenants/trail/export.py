"""Exports a trail with its Merkle tree for verification (NDJSON), in constant memory and of one moment, as the sequencer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from audit.transparency.entry_form import AS_TEXTS, entry_of
from tenants.slugs import schema_of
from tenants.trail.sequencing import sequencer

AT_ONCE = 2_000
_OF_ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
_SIZE = sql.SQL("SELECT count(*) FROM {schema}.audit_leaves")
_LEAVES = sql.SQL("""
    SELECT l.index, l.entry_id::text, encode(l.commitment, 'hex'), encode(l.hash, 'hex'), {entry}
      FROM {schema}.audit_leaves AS l LEFT JOIN {schema}.audit_logs AS e ON e.id = l.entry_id ORDER BY l.index""")
_NOTES = sql.SQL("SELECT size, note FROM {schema}.audit_checkpoints ORDER BY size")
_PRUNED = sql.SQL("SELECT note FROM {schema}.audit_prunings ORDER BY size DESC LIMIT 1")
_WITHOUT_LEAF = sql.SQL("""
    SELECT EXISTS (SELECT 1 FROM public.audit_arrivals AS a WHERE a.organization_id = %s AND a.entry_id = e.id), {entry}
      FROM {schema}.audit_logs AS e
     WHERE NOT EXISTS (SELECT 1 FROM {schema}.audit_leaves AS l WHERE l.entry_id = e.id) ORDER BY e.created_at, e.id""")

Line = dict[str, Any]


def count_leaves(organization_id: UUID) -> int:
    """Count what there is to verify."""
    with sequencer() as connection:
        row = connection.execute(_SIZE.format(schema=sql.Identifier(schema_of(organization_id)))).fetchone()
    return int(row[0]) if row else 0


def export_trail(organization_id: UUID) -> Iterator[Line]:
    """Yield what audit/transparency/offline_verifier.py reads. See Note [What is found] there.

    The sequencer sees entries, tree and notes of what waits as they were at one moment, whatever is written meanwhile.
    """
    schema = sql.Identifier(schema_of(organization_id))
    with sequencer() as connection, connection.transaction():
        connection.execute(_OF_ONE_MOMENT)
        yield from ({"pruned": note} for (note,) in connection.execute(_PRUNED.format(schema=schema)).fetchall())
        yield from _tree(_read(connection, "notes", _NOTES.format(schema=schema)), connection, schema)
        for waiting, *columns in _read(
            connection, "rest", _WITHOUT_LEAF.format(schema=schema, entry=AS_TEXTS), [organization_id]
        ):
            yield {"entry": entry_of(tuple(columns)), "waiting": waiting}


def _tree(notes: Iterator[Any], connection: psycopg.Connection, schema: sql.Identifier) -> Iterator[Line]:
    """Put each checkpoint behind its last leaf; those that no leaf reaches come last."""
    size, note = next(notes, (None, ""))
    for index, entry_id, commitment, hashed, *columns in _read(
        connection, "leaves", _LEAVES.format(schema=schema, entry=AS_TEXTS)
    ):
        entry = entry_of(tuple(columns))
        found = entry if entry["id"] else None
        yield {"index": index, "entry_id": entry_id, "commitment": commitment, "hash": hashed, "entry": found}
        while size == index + 1:
            yield {"checkpoint": note}
            size, note = next(notes, (None, ""))
    while size is not None:
        yield {"checkpoint": note}
        size, note = next(notes, (None, ""))


def _read(connection: psycopg.Connection, name: str, query: sql.Composed, parameters: Any = None) -> Iterator[Any]:
    """Read through a cursor of the server's: some rows at once."""
    with connection.cursor(name) as cursor:
        cursor.itersize = AT_ONCE
        yield from cursor.execute(query, parameters)
