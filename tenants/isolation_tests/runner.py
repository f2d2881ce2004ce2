"""Makes every attempt, and counts them as the matrix of the walls does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum

import psycopg
from django.db import connection
from django.db.utils import Error as DjangoError

from tenants.isolation import hardening, owner, roles
from tenants.isolation_tests.attack import GRAVE, Aim, Technique
from tenants.isolation_tests.attacks import availability, confidentiality, escalation, integrity, metadata
from tenants.isolation_tests.fixtures import Ground, Opening, opened_ground
from tenants.isolation_tests.oracles import Judge
from tenants.isolation_tests.sessions import Answers, one_by_one, one_call, raw_session

TECHNIQUES: tuple[Technique, ...] = (
    *confidentiality.TECHNIQUES,
    *integrity.TECHNIQUES,
    *escalation.TECHNIQUES,
    *metadata.TECHNIQUES,
    *availability.TECHNIQUES,
)
_SUPERUSER_NEEDED = "closed only where a superuser could close pg_catalog (point 10 of the walls)"


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
        return self.succeeded and not self.excuse and self.technique.aim in GRAVE


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that was tried."""

    version: int
    hardened: bool
    attempts: tuple[Attempt, ...]

    @property
    def stands(self) -> bool:
        return not any(attempt.is_failure for attempt in self.attempts)

    def count(self, aim: Aim, way: Way) -> tuple[int, int, int]:
        """Count successes that nobody can excuse, known ones, and all that was tried."""
        tried = [each for each in self.attempts if each.technique.aim is aim and each.way is way]
        known = sum(each.succeeded and bool(each.excuse) for each in tried)
        return sum(each.succeeded for each in tried) - known, known, len(tried)


def prove(
    opening: Opening,
    techniques: Sequence[Technique] = TECHNIQUES,
    *,
    on_ground: Callable[[Ground], None] = lambda _: None,
    on_each: Callable[[Technique], None] = lambda _: None,
) -> Proof:
    """Attack one throw-away organization from another, in every way.

    `opening` opens an organization, `on_ground` may prepare the two, `on_each` is told what was tried.
    """
    with opened_ground(opening) as ground, owner.connect() as asking:
        on_ground(ground)
        version, hardened = asking.info.server_version, hardening.is_hardened(asking)
        attempts: list[Attempt] = []
        for technique in techniques:
            if technique.since * 10_000 <= version:
                attempts += _attempts(ground, asking, technique, hardened)
                on_each(technique)
        return Proof(version, hardened, tuple(attempts))


def _attempts(ground: Ground, asking: psycopg.Connection, technique: Technique, hardened: bool) -> Iterator[Attempt]:
    only_raw = bool(technique.connects) or technique.sessions > 1
    for way in (Way.RAW,) if only_raw else Way:
        with raw_session(ground.theirs, options="-c lock_timeout=500") as bystander:
            pid = str(bystander.info.backend_pid)
            statements = tuple(ground.fill(each, their_pid=pid) for each in technique.statements)
            judge = Judge(ground, asking, bystander)
            answers, succeeded = _try(judge, technique, statements, way)
        _mend(ground, statements)
        excuse = technique.known or ("" if hardened or not technique.hardening else _SUPERUSER_NEEDED)
        yield Attempt(technique, way, statements, tuple(answers.said[:20]), succeeded, excuse)


def _try(judge: Judge, technique: Technique, statements: tuple[str, ...], way: Way) -> tuple[Answers, bool]:
    success = technique.success
    before = judge.before(success)
    with ExitStack() as stack:
        if way is Way.ONE_CALL:
            with _own_session(judge.ground):
                answers = one_call(judge.ground.mine, ";\n".join(statements))
                hindered = judge.during(success)
                return answers, judge.after(success, answers, before) or hindered
        answers = _raw(stack, judge.ground, technique, statements)
        hindered = judge.during(success)
    return answers, judge.after(success, answers, before) or hindered


@contextmanager
def _own_session(ground: Ground) -> Iterator[None]:
    """Close the pooled session afterwards, so that one attack does not lean on another."""
    try:
        yield
    finally:
        with ground.mine.entered():
            try:
                connection.ensure_connection()
                connection.close()
            except DjangoError:
                pass  # the next attack heals the role


def _raw(stack: ExitStack, ground: Ground, technique: Technique, statements: tuple[str, ...]) -> Answers:
    answers = Answers()
    overrides = {name: ground.fill(value) for name, value in technique.connects.items()}
    try:
        opened = [stack.enter_context(raw_session(ground.mine, **overrides)) for _ in range(technique.sessions)]
    except psycopg.Error as error:
        answers.note_error(error)
        return answers
    one_by_one(opened[-1], statements, answers)
    return answers


def _mend(ground: Ground, statements: tuple[str, ...]) -> None:
    """Put the attacker's own role back, for the next attack to begin from the same place."""
    if any("ALTER ROLE" in statement for statement in statements):
        roles.heal(ground.mine.login)
