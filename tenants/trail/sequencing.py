"""The sequencer: gives committed entries of the trail their place in the Merkle tree, and signs checkpoints (C2SP)."""

# Note [The sequencer]
# A role of its own reads trails and adds to the trees over them; it changes and deletes nothing, and no organization's role is
# a member of it or knows its password. Each entry is noted in `public`, in the transaction that wrote it (note_arrivals()), so
# what is to be done is what is in that table: no organization that wrote nothing is visited, and a transaction that is open
# for an hour comes later, behind all that was committed before it. Nothing that has a place ever moves.
#
# A batch of one organization is one transaction: its leaves, the subtrees they complete, a checkpoint over all of it, and
# the end of the notes. A crash leaves all of it or nothing. Two sequencers that are at the same trail want the same index, which
# is a primary key: one of them waits, is refused, and has changed nothing. Organizations take turns, a batch each.
#
# Before it adds anything, it computes the head of what is there. Where that is not what the last checkpoint was signed over,
# somebody changed the tree: nothing is signed any more over that trail, and an alert tells how long it has been waiting.

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from psycopg import sql

from audit.merkle import EMPTY
from audit.transparency.entry_form import AS_TEXTS, entry_of
from audit.transparency.offline_verifier import commitment_to, leaf_hash, leaf_of
from audit.transparency.right_edge import RightEdge
from audit.transparency.signing import sign_checkpoint
from tenants.isolation.database_roles import sequencer_role
from tenants.isolation.sessions import logging_in
from tenants.slugs import schema_of
from tenants.trail import unpublished

logger = logging.getLogger("workix.trail")

BATCH = 5_000

#: One look-up in the index for each organization that has something new, and none for any other.
_WAITING = """
    WITH RECURSIVE waiting (id) AS (
        (SELECT organization_id FROM public.audit_arrivals ORDER BY organization_id LIMIT 1)
        UNION ALL
        SELECT (SELECT organization_id FROM public.audit_arrivals WHERE organization_id > waiting.id
                 ORDER BY organization_id LIMIT 1)
          FROM waiting WHERE waiting.id IS NOT NULL)
    SELECT id FROM waiting WHERE id IS NOT NULL"""
_ARRIVED = sql.SQL("""
    SELECT a.entry_id, l.index IS NOT NULL, {entry}
      FROM (SELECT entry_id, noted_at FROM public.audit_arrivals WHERE organization_id = %s ORDER BY noted_at LIMIT %s) AS a
      LEFT JOIN {schema}.audit_logs AS e ON e.id = a.entry_id
      LEFT JOIN {schema}.audit_leaves AS l ON l.entry_id = a.entry_id
     ORDER BY a.noted_at, a.entry_id""")
_SIGNED = sql.SQL("SELECT size, root FROM {schema}.audit_checkpoints ORDER BY size DESC LIMIT 1")
_LEVEL_0 = sql.SQL("SELECT hash FROM {schema}.audit_leaves WHERE index >= %s AND index < %s ORDER BY index")
_LEVELS = sql.SQL(
    "SELECT hash FROM {schema}.audit_subtrees WHERE level = %s AND index >= %s AND index < %s ORDER BY index"
)
_CHECKPOINT = sql.SQL("INSERT INTO {schema}.audit_checkpoints (size, root, note) VALUES (%s, %s, %s)")
_ARE_DONE = "DELETE FROM public.audit_arrivals WHERE entry_id = ANY (%s)"
#: What another sequencer at the same trail makes of ours: unique_violation, lock_not_available, deadlock_detected.
_ANOTHER_WAS_FASTER = ("23505", "55P03", "40P01")


class TreeChanged(RuntimeError):
    """The tree is not what its last checkpoint was signed over."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What was done for one organization: a checkpoint, where there was anything new, and whether more is waiting."""

    organization_id: UUID
    entries: int
    note: str
    more: bool


@contextmanager
def sequencer() -> Iterator[psycopg.Connection]:
    """Log in as the sequencer, for all organizations at once."""
    with logging_in.connect(sequencer_role()) as connection:
        yield connection


def sequence_waiting(connection: psycopg.Connection, *, batch: int = BATCH) -> Iterator[Batch]:
    """Sequence all that has arrived, a batch of each organization in turn. See Note [The sequencer]."""
    waiting = [row[0] for row in connection.execute(_WAITING)]
    while waiting:
        done = [each for each in (_attempt(connection, organization, batch) for organization in waiting) if each]
        yield from done
        waiting = [each.organization_id for each in done if each.more]


def _attempt(connection: psycopg.Connection, organization_id: UUID, batch: int) -> Batch | None:
    """Sequence one batch; one organization that fails does not stop the others."""
    try:
        return sequence(connection, organization_id, batch=batch)
    except psycopg.Error as error:
        if error.sqlstate not in _ANOTHER_WAS_FASTER:
            logger.exception("trail.not_sequenced", extra={"organization": str(organization_id)})
    except TreeChanged:
        logger.exception("trail.tree_changed", extra={"organization": str(organization_id)})
    return None


def sequence(connection: psycopg.Connection, organization_id: UUID, *, batch: int = BATCH) -> Batch:
    """Give the next entries that arrived their place, and sign a checkpoint over all there are, in one transaction.

    :raises TreeChanged: when the tree is not what was signed last.
    """
    schema = sql.Identifier(schema_of(organization_id))
    with connection.transaction():
        edge = _edge(connection, schema)
        arrived = connection.execute(
            _ARRIVED.format(schema=schema, entry=AS_TEXTS), [organization_id, batch]
        ).fetchall()
        before, note = edge.size, ""
        leaves, subtrees = _place(edge, arrived, organization_id)
        if leaves:
            _add(connection, schema, "audit_leaves (index, entry_id, commitment, hash)", leaves)
            _add(connection, schema, "audit_subtrees (level, index, hash)", subtrees)
            root = edge.root()
            note = sign_checkpoint(organization_id, size=edge.size, root=root)
            connection.execute(_CHECKPOINT.format(schema=schema), [edge.size, root, note])
            if settings.WORKIX.checkpoint_webhook:
                unpublished.signed(connection, organization_id, before=before, size=edge.size)
        connection.execute(_ARE_DONE, [[row[0] for row in arrived]])
    return Batch(organization_id, len(leaves), note, more=len(arrived) == batch)


def _edge(connection: psycopg.Connection, schema: sql.Identifier) -> RightEdge:
    """Read the right edge of the tree, and compare its head with the last checkpoint."""
    size, root = connection.execute(_SIGNED.format(schema=schema)).fetchone() or (0, EMPTY)

    def nodes(level: int, first: int, count: int) -> Sequence[bytes]:
        query, bounds = (_LEVELS, [level, first, first + count]) if level else (_LEVEL_0, [first, first + count])
        return [bytes(row[0]) for row in connection.execute(query.format(schema=schema), bounds)]

    edge = RightEdge(size, nodes)
    try:
        found = edge.root()
    except IndexError:
        found = b""  # of what was signed, something is gone
    if found != root:
        raise TreeChanged(f"The tree of {schema.as_string(connection)} is not what was signed over {size} entries.")
    return edge


def _place(
    edge: RightEdge, arrived: list[tuple[Any, ...]], organization_id: UUID
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Give each entry the next index. One that was noted again has its place; one that is gone never gets any."""
    leaves, subtrees = list[tuple[Any, ...]](), list[tuple[Any, ...]]()
    for entry_id, has_a_leaf, *columns in arrived:
        entry = entry_of(tuple(columns))
        if has_a_leaf:
            continue
        if entry["id"] is None:
            told = {"organization": str(organization_id), "entry": str(entry_id)}
            logger.error("trail.entry_gone", extra=told)  # noted and committed with it, so somebody deleted it
            continue
        commitment = commitment_to(entry)
        hashed = leaf_hash(leaf_of(entry, commitment))
        leaves.append((edge.size, entry_id, commitment, hashed))
        subtrees.extend(edge.add(hashed))
    return leaves, subtrees


def _add(connection: psycopg.Connection, schema: sql.Identifier, what: str, rows: list[tuple[Any, ...]]) -> None:
    copy = sql.SQL(f"COPY {{}}.{what} FROM STDIN").format(schema)
    with connection.cursor() as cursor, cursor.copy(copy) as file:
        for row in rows:
            file.write_row(row)
