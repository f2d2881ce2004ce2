"""Runs the isolation tests: every attack technique, with a matrix of what succeeded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum

import psycopg
from django.db import connection
from django.db.utils import Error as DjangoError

from tenants.isolation import hardening, owner, roles
from tenants.isolation.evidence import proofs
from tenants.isolation_tests.attack import CRITICAL, Aim, Hits, Remains, Technique
from tenants.isolation_tests.attacks import (
    availability,
    confidentiality,
    escalation,
    forgery,
    integrity,
    metadata,
    transparency,
)
from tenants.isolation_tests.fixtures import Fixture, Opening, open_fixture
from tenants.isolation_tests.oracles import Oracle
from tenants.isolation_tests.sessions import Transcript, one_by_one, one_call, raw_session
from tenants.isolation_tests.watched import watched

TECHNIQUES: tuple[Technique, ...] = (
    *confidentiality.TECHNIQUES,
    *integrity.TECHNIQUES,
    *forgery.TECHNIQUES,
    *transparency.TECHNIQUES,
    *escalation.TECHNIQUES,
    *metadata.TECHNIQUES,
    *availability.TECHNIQUES,
)
#: What may be tried beside customers: the rest takes memory, connections and disk of the whole server.
BESIDE_CUSTOMERS = tuple(each for each in TECHNIQUES if each.aim is not Aim.AVAILABILITY)
_SUPERUSER_NEEDED = "closed only where a superuser could close pg_catalog"


class Way(StrEnum):
    """How the statements reached the server. See Note [What the attacker may use]."""

    ONE_CALL = "one injected statement"
    RAW = "raw session"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One technique, tried one way. `excuse` says why a success is known and no failure."""

    technique: Technique
    way: Way
    statements: tuple[str, ...]
    said: tuple[str, ...]
    succeeded: bool
    excuse: str

    @property
    def is_failure(self) -> bool:
        return self.succeeded and not self.excuse and self.technique.aim in CRITICAL


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that was tried."""

    version: int
    hardened: bool
    attempts: tuple[Attempt, ...]

    @property
    def holds(self) -> bool:
        return not any(attempt.is_failure for attempt in self.attempts)

    @property
    def verdict(self) -> proofs.Verdict:
        succeeded = [each for each in self.attempts if each.succeeded]
        return proofs.Verdict(
            holds=self.holds,
            server_version=self.version,
            attacks=len(self.attempts),
            refused=len(self.attempts) - len(succeeded),
            known=sum(bool(each.excuse) for each in succeeded),
        )

    def count(self, aim: Aim, way: Way) -> tuple[int, int, int]:
        """Count successes that nobody can excuse, known ones, and all that was tried."""
        tried = [each for each in self.attempts if each.technique.aim is aim and each.way is way]
        known = sum(each.succeeded and bool(each.excuse) for each in tried)
        return sum(each.succeeded for each in tried) - known, known, len(tried)


def prove(
    opening: Opening,
    techniques: Sequence[Technique] = TECHNIQUES,
    *,
    on_fixture: Callable[[Fixture], None] = lambda _: None,
    on_each: Callable[[Technique], None] = lambda _: None,
) -> Proof:
    """Attack one throw-away organization from another, in every way.

    `opening` opens an organization, `on_fixture` may prepare the two, `on_each` is called with each technique that was tried.
    """
    with open_fixture(opening) as fixture, owner.connect() as asking:
        on_fixture(fixture)
        version, hardened = asking.info.server_version, hardening.is_hardened(asking)
        attempts: list[Attempt] = []
        for technique in techniques:
            if technique.since * 10_000 <= version:
                attempts += _attempts(fixture, asking, technique, hardened)
                on_each(technique)
        proof = Proof(version, hardened, tuple(attempts))
        proofs.end(fixture.proof, proof.verdict)  # first of all: what was found must not be lost if a removal fails
        return proof


def _attempts(fixture: Fixture, asking: psycopg.Connection, technique: Technique, hardened: bool) -> Iterator[Attempt]:
    only_raw = bool(technique.connects) or technique.sessions > 1
    for way in (Way.RAW,) if only_raw else Way:
        with raw_session(fixture.theirs, options="-c lock_timeout=500") as bystander:
            pid = str(bystander.info.backend_pid)
            statements = tuple(fixture.fill(each, their_pid=pid) for each in technique.statements)
            oracle = Oracle(fixture, asking, bystander)
            transcript, succeeded = _try(oracle, technique, statements, way)
        if not isinstance(technique.success, Hits):
            _restore(fixture, statements)
        excuse = technique.known or ("" if hardened or not technique.hardening else _SUPERUSER_NEEDED)
        yield Attempt(technique, way, statements, tuple(transcript.said[:20]), succeeded, excuse)


def _try(oracle: Oracle, technique: Technique, statements: tuple[str, ...], way: Way) -> tuple[Transcript, bool]:
    success = technique.success
    before = oracle.before(success)
    transcript = Transcript(has_to_stay=isinstance(success, Remains))
    with ExitStack() as stack:
        if transcript.has_to_stay:
            stack.enter_context(watched(oracle.fixture.mine.role.name))
        if way is Way.ONE_CALL:
            with _own_session(oracle.fixture):
                one_call(oracle.fixture.mine, ";\n".join(statements), transcript)
                hindered = oracle.during(success)
                return transcript, oracle.after(success, transcript, before) or hindered
        _raw(stack, oracle.fixture, technique, statements, transcript)
        hindered = oracle.during(success)
    return transcript, oracle.after(success, transcript, before) or hindered


@contextmanager
def _own_session(fixture: Fixture) -> Iterator[None]:
    """Close the pooled session afterwards, so that one attack does not lean on another."""
    try:
        yield
    finally:
        with fixture.mine.acting():
            try:
                connection.ensure_connection()
                connection.close()
            except DjangoError:
                pass  # the next attack repairs the role


def _raw(
    stack: ExitStack, fixture: Fixture, technique: Technique, statements: tuple[str, ...], transcript: Transcript
) -> None:
    overrides = {name: fixture.fill(value) for name, value in technique.connects.items()}
    try:
        opened = [stack.enter_context(raw_session(fixture.mine, **overrides)) for _ in range(technique.sessions)]
    except psycopg.Error as error:
        transcript.note_error(error)
        return
    one_by_one(opened[-1], statements, transcript)


def _restore(fixture: Fixture, statements: tuple[str, ...]) -> None:
    """Put the attacker's own role back, for the next attack to begin from the same state."""
    if any("ALTER ROLE" in statement for statement in statements):
        roles.repair(fixture.mine.role)
