"""Which checkpoints wait to be sent to WORKIX_CHECKPOINT_WEBHOOK: how far each trail is signed, and how far that was taken."""

# Raw SQL: reads schemas by their names, and notes what the next sequencing must not overwrite.

# See Note [Published to the operator] in webhooks/checkpoints/publishing.py. All of it is done as the sequencer.

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import psycopg
from psycopg import sql

from tenants.slugs import schema_of

MOST_AT_ONCE = 500

# An organization that is new here begins with this checkpoint. The oldest one that waits says since when. A trail that is shorter
# than what was published was rolled back by somebody with the owner's rights: what is signed of it now is sent, too, and whoever
# keeps checkpoints has two that do not agree.
_SIGNED = """
    INSERT INTO public.checkpoint_publications AS p (organization_id, published, signed, waiting_since)
    VALUES (%s, %s, %s, clock_timestamp())
    ON CONFLICT (organization_id) DO UPDATE SET signed = excluded.signed,
        published = least(p.published, excluded.published),
        waiting_since = CASE WHEN p.signed > p.published THEN p.waiting_since ELSE excluded.waiting_since END"""
_DUE = """
    SELECT organization_id, published, signed, failures FROM public.checkpoint_publications
     WHERE signed > published AND (next_attempt_at IS NULL OR next_attempt_at <= %s)
     ORDER BY waiting_since, organization_id LIMIT %s"""
_CHECKPOINTS = sql.SQL(
    "SELECT id, size, note, created_at FROM {}.audit_checkpoints WHERE size > %s ORDER BY size LIMIT %s"
)
_TAKEN = """
    UPDATE public.checkpoint_publications
       SET published = %(size)s, waiting_since = coalesce(%(since)s, clock_timestamp()), failures = 0, next_attempt_at = NULL
     WHERE organization_id = %(organization)s AND published < %(size)s"""
_FAILED = """
    UPDATE public.checkpoint_publications SET failures = failures + 1, next_attempt_at = %s
     WHERE organization_id = %s AND published = %s"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An organization whose trail is signed further than was taken. Both are numbers of entries; `failures` in a row."""

    organization_id: UUID
    published: int
    signed: int
    failures: int


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A checkpoint that waits."""

    organization_id: UUID
    id: UUID
    size: int
    note: str
    signed_at: datetime


def signed(connection: psycopg.Connection, organization_id: UUID, *, before: int, size: int) -> None:
    """Note a checkpoint over `size` entries, in the transaction that signs it; the one before was over `before`."""
    connection.execute(_SIGNED, [organization_id, before, size])


def due(connection: psycopg.Connection, *, now: datetime) -> list[Waiting]:
    """List whose checkpoints may be sent, those that wait longest first, MOST_AT_ONCE at most."""
    return [Waiting(*row) for row in connection.execute(_DUE, [now, MOST_AT_ONCE])]


def checkpoints(connection: psycopg.Connection, waiting: Waiting, *, limit: int) -> list[Unpublished]:
    """Read the next ones of an organization, in their order; none where it was removed meanwhile."""
    query = _CHECKPOINTS.format(sql.Identifier(schema_of(waiting.organization_id)))
    try:
        found = connection.execute(query, [waiting.published, limit]).fetchall()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege):
        return []
    return [Unpublished(waiting.organization_id, *row) for row in found]


def taken(connection: psycopg.Connection, checkpoint: Unpublished, *, then: Unpublished | None) -> None:
    """Note that a checkpoint was taken; `then` is the one that is next."""
    since = then.signed_at if then else None
    values = {"organization": checkpoint.organization_id, "size": checkpoint.size, "since": since}
    connection.execute(_TAKEN, values)


def passed_over(connection: psycopg.Connection, waiting: Waiting) -> None:
    """Wait no more for checkpoints that are not there."""
    values = {"organization": waiting.organization_id, "size": waiting.signed, "since": None}
    connection.execute(_TAKEN, values)


def failed(connection: psycopg.Connection, waiting: Waiting, *, again_at: datetime) -> None:
    """Put an organization off."""
    connection.execute(_FAILED, [again_at, waiting.organization_id, waiting.published])
