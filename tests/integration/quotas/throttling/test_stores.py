"""quotas.throttling: both stores of rates give the same answers, exactly, whoever else asks at the same moment."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from quotas.throttling.gcra import Rate, Taken
from quotas.throttling.leases import Leases
from quotas.throttling.postgres_store import PostgresStore
from quotas.throttling.redis_store import RedisStore
from tests.acts import at_once, rows
from tests.unit.quotas.test_leases import Bucket

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
TEN = Rate("ten", 10, 60)
AnyStore = PostgresStore | RedisStore


def test_of_120_hits_at_once_over_two_processes_exactly_the_burst_gets_through(store: AnyStore) -> None:
    """All that processes do not share is what each has leased."""
    processes, a_day = (Leases(store), Leases(store)), Rate("ten a day", 10, 86_400)  # none comes back meanwhile
    found = at_once(lambda number: processes[number % 2].count(a_day, "me").is_refused, 120)
    assert found.count(False) == 10


def test_a_used_up_rate_gives_one_unit_a_step(store: AnyStore) -> None:
    def take(after: float, wanted: int = 1) -> int:
        return store.take(TEN, "me", wanted, at=NOW + timedelta(seconds=after)).granted

    assert [take(0) for _ in range(11)] == [1] * 10 + [0]
    assert [take(5.999999), take(6), take(6), take(60)] == [0, 1, 0, 1]
    assert store.take(TEN, "you", 1, at=NOW) == Taken(1, TEN.step), "a bucket of their own"


def test_both_answer_as_the_rule_does(store: AnyStore) -> None:
    """The same calls, some of them from a clock that goes back, against a few lines of Python."""
    chance, bucket, now = random.Random(7), Bucket(), NOW  # noqa: S311  # the same calls in every run
    rate = Rate("many", 700, 60)
    for _ in range(60):
        now += timedelta(microseconds=chance.choice([0, 1, 85_714, 900_000, 30_000_000, -5_000_000]))
        wanted = chance.choice([1, 1, 70, 200])
        assert store.take(rate, "me", wanted, at=now) == bucket.take(rate, wanted, now.timestamp() * 1e6)


@pytest.mark.fault("A10")
def test_a_bucket_from_the_future_is_empty_and_no_emptier(store: AnyStore) -> None:
    store.take(TEN, "me", 1, at=NOW + timedelta(days=365))
    assert store.take(TEN, "me", 1, at=NOW) == Taken(0, TEN.span)
    assert store.take(TEN, "me", 1, at=NOW + timedelta(seconds=6)) == Taken(1, TEN.span)


def test_the_table_is_not_logged_and_names_nobody(database: None) -> None:
    PostgresStore().take(TEN, "me", 1, at=NOW)
    assert rows("SELECT relpersistence FROM pg_class WHERE relname = 'request_rates'") == [("u",)]
    ((key, full_at),) = rows("SELECT key, full_at FROM request_rates")
    assert (len(key), full_at) == (64, NOW + timedelta(seconds=6))
