"""Reservations in random interleavings, with expiry, sessions that die and a month that turns (property test, hypothesis)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from quotas.consumption import QuotaExceeded, consume, release
from quotas.limits import balance_of
from quotas.reservations import commit_reservation, release_reservation, reserve, return_expired
from tenants.scope import use_tenant
from tests.acts import at_once, rows
from tests.cast import Cast
from tests.database import superuser

LIMIT = 20
MINUTE = timedelta(minutes=1)
#: Whoever writes a reservation has the quota's row locked.
TURN = """
    DO $$ BEGIN
        PERFORM FROM quotas WHERE resource = 'executions' FOR UPDATE;
        UPDATE quotas SET period_starts_on = period_starts_on - interval '1 month' WHERE resource = 'executions';
        UPDATE quota_reservations SET period_starts_on = period_starts_on - interval '1 month';
    END $$"""
NEVER_OVER = "never_over_the_limit CHECK (used::bigint + reserved <= \"limit\" OR resource <> 'executions')"


@dataclass
class Ledger:
    """One caller, and what they were told: how many units they used, and what they hold."""

    used: int = 0
    taken: list[tuple[UUID, int]] = field(default_factory=list)
    held: list[tuple[UUID, int]] = field(default_factory=list)

    def consume(self, units: int) -> None:
        self.taken.append((consume("executions", units).id, units))
        self.used += units

    def release(self, _: int) -> None:
        if self.taken:
            identity, amount = self.taken.pop()
            release("executions", identity)
            self.used -= amount

    def reserve(self, units: int) -> None:
        self.held.append((reserve("executions", units, ttl=MINUTE).id, units))

    def commit(self, units: int) -> None:
        if self.held:
            identity, amount = self.held.pop()
            commit_reservation(identity, min(units, amount))
            self.used += min(units, amount)

    def free(self, _: int) -> None:
        if self.held:
            release_reservation(self.held.pop()[0])

    def expire(self, _: int) -> None:
        if self.held:
            rows("UPDATE quota_reservations SET expires_at = now() WHERE id = %(id)s", id=self.held.pop()[0])

    def sweep(self, _: int) -> None:
        return_expired()

    def die(self, units: int) -> None:
        """Be killed in the middle: what was not acknowledged never was."""
        with pytest.raises(DatabaseError), transaction.atomic(), superuser() as behind:
            reserve("executions", units, ttl=MINUTE)
            behind.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])
            consume("executions")


@pytest.fixture
def limited(acme: Cast) -> Iterator[Cast]:
    """Let the database itself see that no moment is over the limit."""
    rows(f"UPDATE quotas SET \"limit\" = {LIMIT} WHERE resource = 'executions'")  # noqa: S608  # a number of ours
    rows(f"ALTER TABLE quotas ADD CONSTRAINT {NEVER_OVER}")
    yield acme
    rows("ALTER TABLE quotas DROP CONSTRAINT never_over_the_limit")


def run(cast: Cast, plan: list[tuple[str, int]]) -> Ledger:
    ledger = Ledger()
    for step, units in plan:
        with use_tenant(cast.organization), suppress(QuotaExceeded):
            getattr(ledger, step)(units)
    return ledger


def told(cast: Cast) -> tuple[int, int]:
    with use_tenant(cast.organization):
        balance = balance_of("executions")
    return balance.used, balance.reserved


STEPS = ("consume", "reserve", "reserve", "commit", "commit", "free", "release", "expire", "sweep", "die")
PLANS = st.lists(
    st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 6)), min_size=6, max_size=9), min_size=3, max_size=3
)


@pytest.mark.requirement("S131")
@settings(
    max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
@given(PLANS)
def test_after_any_interleaving_used_and_reserved_are_what_was_acknowledged(
    limited: Cast, plans: list[list[tuple[str, int]]]
) -> None:
    rows("UPDATE quotas SET used = 0, reserved = 0 WHERE resource = 'executions'")
    rows("DELETE FROM quota_reservations")
    ledgers = at_once(lambda number: run(limited, plans[number]), len(plans))
    used = sum(each.used for each in ledgers)
    assert told(limited) == (used, sum(amount for each in ledgers for _, amount in each.held))
    rows("UPDATE quota_reservations SET expires_at = now() WHERE ended_at IS NULL")
    return_expired()
    assert rows("SELECT used, reserved FROM quotas WHERE resource = 'executions' AND used + reserved > 0") in (
        [],
        [(used, 0)],
    )
    assert told(limited) == (used, 0)


@pytest.mark.requirement("S131")
def test_while_the_month_turns_no_unit_is_counted_twice_or_lost(limited: Cast) -> None:
    """The month turns by the counter's period being moved back, as if it had begun a month earlier."""

    def work(number: int) -> int:
        random, acknowledged = Random(number), 0
        for step in range(8):
            if number == 0 and step == 4:
                rows(TURN)
            with use_tenant(limited.organization), suppress(QuotaExceeded):
                held = reserve("executions", random.randint(1, 2), ttl=MINUTE)
                used = random.randint(0, held.amount)
                _ = commit_reservation(held.id, used) if used else release_reservation(held.id)
                acknowledged += used
                consume("executions")
                acknowledged += 1
        return acknowledged

    total = sum(at_once(work, 4))
    ((past,),) = rows("SELECT used FROM past_usage")
    used, reserved = told(limited)
    assert (used + past, reserved) == (total, 0)
    assert 0 < used <= LIMIT
    assert 0 < past <= LIMIT
