"""What is kept of each proof of isolation (`isolation_proofs`), one proof at a time, and the organizations it throws away."""

# Raw SQL: the owner alone writes these rows, on a connection of its own, whatever becomes of the proof.

# Note [Throw-away organizations]
# A proof opens two organizations and attacks one from the other, beside customers. Which two, it writes down before it opens
# them: what a killed proof left is removed by those ids, and never by what an organization is called, since a customer may
# call theirs as they like. Until the row says that they are gone, they are nobody's: what they do past the application
# is no finding, their roles are repaired by the proof alone, and the watchdog ends their sessions without an alarm.
# Nobody but the owner can say of an organization that it is one of them.

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import psycopg

from tenants.isolation import owner
from workix import __version__
from workix.core.models import uuid7

#: "proof" in ASCII.
ADVISORY_LOCK = 0x70_726F_6F66
KEPT = timedelta(days=400)

_BEGIN = """
    INSERT INTO public.isolation_proofs (id, started_at, version, attacker_id, attacked_id) VALUES (%s, now(), %s, %s, %s)"""
_SWEEP = "DELETE FROM public.isolation_proofs WHERE is_cleared AND started_at < now() - %s"
_END = """
    UPDATE public.isolation_proofs
       SET finished_at = now(), outcome = %(outcome)s, server_version = %(server_version)s, attacks = %(attacks)s,
           refused = %(refused)s, known = %(known)s
     WHERE id = %(id)s"""
_CLEAR = """
    UPDATE public.isolation_proofs
       SET is_cleared = true, finished_at = coalesce(finished_at, now()),
           outcome = CASE outcome WHEN 'running' THEN 'cut_short' ELSE outcome END
     WHERE id = %s"""
_NOT_CLEARED = """
    SELECT id, attacker_id, attacked_id FROM public.isolation_proofs WHERE NOT is_cleared ORDER BY started_at, id"""


class AnotherRuns(RuntimeError):
    """Two at once would slow each other down, and prove no more."""

    def __init__(self) -> None:
        super().__init__("Another proof of isolation runs in this database. Wait until it is over.")


@dataclass(frozen=True, slots=True)
class Begun:
    """A proof whose two organizations may be there."""

    id: UUID
    attacker_id: UUID
    attacked_id: UUID


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many attacks were tried, and how many of them were refused, or succeeded as it is known they do."""

    holds: bool
    server_version: int
    attacks: int
    refused: int
    known: int


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one proof into the block, of all processes.

    :raises AnotherRuns: at once, when somebody is in it.
    """
    with owner.connect() as holder:
        row = holder.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK]).fetchone()
        if not (row and row[0]):
            raise AnotherRuns
        yield


def begin() -> Begun:
    """Write down that a proof begins, and which two organizations it is going to open."""
    begun = Begun(uuid7(), uuid7(), uuid7())
    with owner.connect() as connection:
        connection.execute(_SWEEP, [KEPT])
        connection.execute(_BEGIN, [begun.id, __version__, begun.attacker_id, begun.attacked_id])
    return begun


def end(begun: Begun, verdict: Verdict) -> None:
    """Write down what came of it."""
    outcome = "held" if verdict.holds else "broken"
    facts = {
        "server_version": verdict.server_version,
        "attacks": verdict.attacks,
        "refused": verdict.refused,
        "known": verdict.known,
    }
    with owner.connect() as connection:
        connection.execute(_END, {"id": begun.id, "outcome": outcome, **facts})


def clear(begun: Begun) -> None:
    """Write down that its organizations are gone; it was cut short if it has no verdict."""
    with owner.connect() as connection:
        connection.execute(_CLEAR, [begun.id])


def not_cleared() -> list[Begun]:
    """Return the proofs that run, or were killed; none before the migration that makes the table."""
    with owner.connect() as connection:
        try:
            return [Begun(*row) for row in connection.execute(_NOT_CLEARED).fetchall()]
        except psycopg.errors.UndefinedTable:
            return []


def thrown_away() -> frozenset[UUID]:
    """Return the organizations of proofs that run, or were killed. See Note [Throw-away organizations]."""
    return frozenset(identity for each in not_cleared() for identity in (each.attacker_id, each.attacked_id))
