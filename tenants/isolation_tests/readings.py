"""Metrics of the last proof of isolation, and of whom the last roll-out failed."""

# Raw SQL: reads as the control role, which Prometheus is answered with.

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, InterfaceError, connection

from tenants.scope import use_platform
from workix.observability import readings
from workix.observability.readings import Sample

# Where none ever came to a verdict, its age is that of the table: a platform that was set up has a day and a half for the first.
_PROOF = """
    SELECT p.outcome = 'held', p.attacks - p.refused - p.known, p.refused, p.known,
           extract(epoch FROM clock_timestamp() - coalesce(p.finished_at, m.applied))::float
      FROM (SELECT max(applied) AS applied FROM public.django_migrations
             WHERE app = 'tenants' AND name = '0012_isolation_proofs') AS m
           LEFT JOIN (SELECT * FROM public.isolation_proofs WHERE outcome IN ('held', 'broken')
                       ORDER BY finished_at DESC LIMIT 1) AS p ON true"""


def read_evidence(sender: object, **kwargs: Any) -> list[Sample]:
    """Read both, if the database answers at all. No proof, no `holds`: neither 0 nor 1 would be true."""
    try:
        with use_platform(), connection.cursor() as cursor:
            cursor.execute(_PROOF)
            holds, *counts, age = cursor.fetchone()
            cursor.execute("SELECT count(*) FROM public.failed_roll_outs")
            failed = readings.ROLLOUT_FAILED.at(cursor.fetchone()[0])
    except (DatabaseError, InterfaceError):
        return []
    attacks = [
        readings.PROOF_ATTACKS.at(count or 0, outcome)
        for outcome, count in zip(("succeeded", "refused", "known"), counts, strict=True)
    ]
    held = [] if holds is None else [readings.PROOF_HOLDS.at(holds)]
    return [*held, readings.PROOF_AGE.at(age or 0), *attacks, failed]
