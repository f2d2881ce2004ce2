"""quotas.throttling.leases: what is leased never passes the limit, and spares whoever is well under it the store."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from quotas.throttling.gcra import Rate, Taken
from quotas.throttling.leases import Leases

SECOND = 1_000_000
RATE = Rate("requests", 600, 60)


class Bucket:
    """GCRA in a few lines: what the stores are compared with."""

    full_at = 0.0

    def take(self, rate: Rate, wanted: int, now: float) -> Taken:
        now = round(now)
        debt = min(rate.span, max(0, self.full_at - now))
        granted = (
            wanted if debt + wanted * rate.step <= rate.span - rate.reserve else int(debt + rate.step <= rate.span)
        )
        self.full_at = now + debt + granted * rate.step
        return Taken(granted, int(self.full_at - now))


class InMemory:
    """A store with a clock that the test moves; it counts how often it is asked."""

    def __init__(self) -> None:
        self.now, self.asked = 0.0, 0
        self.buckets: dict[str, Bucket] = defaultdict(Bucket)

    def take(self, rate: Rate, whose: str, wanted: int) -> Taken:
        self.asked += 1
        return self.buckets[whose].take(rate, wanted, self.now)

    def clock(self) -> float:
        return self.now

    def process(self) -> Leases:
        return Leases(self, self.clock)


def test_a_burst_well_under_the_limit_asks_the_store_once() -> None:
    store = InMemory()
    process = store.process()
    found = [process.count(RATE, "me") for _ in range(60)]
    assert (store.asked, [each.remaining for each in found[:2]], found[-1].remaining) == (1, [599, 598], 540)
    process.count(RATE, "you")
    assert store.asked == 2


def test_what_is_leased_is_used_only_while_it_has_not_come_back() -> None:
    store = InMemory()
    process = store.process()
    process.count(RATE, "me")
    store.now = 5.95 * SECOND  # of a lease that is back after 6 seconds nothing is left: a unit comes back in 0.1
    process.count(RATE, "me")
    assert store.asked == 2


@pytest.mark.parametrize("most", [1, 10, 99])
def test_nothing_is_leased_of_a_small_limit(most: int) -> None:
    store, rate = InMemory(), Rate("small", most, 60)
    processes = [store.process() for _ in range(2)]
    found = [processes[turn % 2].count(rate, "me").is_refused for turn in range(most + 20)]
    assert found == [False] * most + [True] * 20
    assert store.asked == most + 2, "who was refused is not asked for again"


def test_the_last_fifth_is_counted_one_by_one() -> None:
    store = InMemory()
    process = store.process()
    found = [process.count(RATE, "me").is_refused for _ in range(601)]
    assert (found, store.asked) == ([False] * 600 + [True], 8 + 120 + 1)


def test_who_was_refused_may_come_when_the_answer_said() -> None:
    store, rate = InMemory(), Rate("small", 10, 60)
    process = store.process()
    refused = [process.count(rate, "me") for _ in range(11)][-1]
    assert (refused.is_refused, rate.retry_after(refused.debt)) == (True, 6)
    store.now = 5.9 * SECOND
    assert process.count(rate, "me").is_refused
    store.now = 6 * SECOND
    assert not process.count(rate, "me").is_refused


@pytest.mark.parametrize("seed", range(6))
def test_no_stretch_of_time_has_more_hits_than_are_documented(seed: int) -> None:
    """Three processes, storms and pauses: in `t` seconds at most `most * (1 + t / seconds)`, however long a lease was kept."""
    chance, store = random.Random(seed), InMemory()  # noqa: S311  # the same storms in every run
    processes, hits = [store.process() for _ in range(3)], list[float]()
    rate = Rate("stormy", 100, 10)
    for _ in range(60):
        store.now += chance.choice([0, 0.01, 0.3, 1, 4, 12]) * SECOND
        for _ in range(chance.choice([1, 1, 5, 60, 200])):
            if not chance.choice(processes).count(rate, "me").is_refused:
                hits.append(store.now)
    over = [number - at / rate.step for number, at in enumerate(hits)]
    assert max(each - min(over[: last + 1]) for last, each in enumerate(over)) + 1 - rate.most <= 0


def test_a_process_forgets_rather_than_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotas.throttling.leases.LARGEST", 2)
    store = InMemory()
    process = store.process()
    for whose in ("a", "b", "c", "c", "a"):
        process.count(RATE, whose)
    assert store.asked == 4
