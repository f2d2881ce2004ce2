"""Report of the isolation tests as JSON: for machines, and for whoever keeps it as evidence."""

from __future__ import annotations

from typing import Any

from tenants.isolation_tests.attack import Aim
from tenants.isolation_tests.runner import Attempt, Proof, Way


def as_json(proof: Proof) -> dict[str, Any]:
    """Write down the counts and every attempt, with what was sent and what the server answered."""
    return {
        "server_version": proof.version,
        "pg_catalog_closed": proof.hardened,
        "holds": proof.holds,
        "classes": {aim.value: {way.name.lower(): _count(proof, aim, way) for way in Way} for aim in Aim},
        "attempts": [_attempt(each) for each in proof.attempts],
    }


def _count(proof: Proof, aim: Aim, way: Way) -> dict[str, int]:
    succeeded, known, tried = proof.count(aim, way)
    return {"succeeded": succeeded, "known": known, "tried": tried}


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "class": attempt.technique.aim.value,
        "technique": attempt.technique.name,
        "way": attempt.way.name.lower(),
        "statements": list(attempt.statements),
        "transcript": list(attempt.said),
        "succeeded": attempt.succeeded,
        "known": attempt.excuse if attempt.succeeded else "",
    }
