"""quotas.heavy_use.counter: exact for those it has room for, and bounded whatever comes."""

from __future__ import annotations

from uuid import UUID

import pytest

from quotas.heavy_use.counter import MOST, OTHER, Use, UseCounter

ACME, GLOBEX = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("status", "use"),
    [
        (204, Use(1)),
        (302, Use(1)),
        (404, Use(1, refused=1)),
        (429, Use(1, throttled=1)),
        (503, Use(1, failed=1)),
    ],
)
def test_a_request_counts_as_what_it_was_answered_with(status: int, use: Use) -> None:
    counter = UseCounter()
    counter.count_request(ACME, status, 0)
    assert counter.take() == {ACME: use}


def test_time_in_the_database_is_added_up_for_requests_and_jobs() -> None:
    counter = UseCounter()
    counter.count_request(ACME, 200, 0.25)
    counter.count_job(ACME, 1.5)
    assert counter.take() == {ACME: Use(1, jobs=1, database_microseconds=1_750_000)}
    assert counter.take() == {}


def test_ten_thousand_organizations_take_no_more_memory_than_a_thousand() -> None:
    counter = UseCounter()
    for number in range(1, 10_001):
        counter.count_request(UUID(int=number), 200, 0)
    taken = counter.take()
    assert (len(taken), taken[OTHER]) == (MOST + 1, Use(10_000 - MOST))


def test_what_is_put_back_is_counted_once_and_beside_what_came_meanwhile() -> None:
    counter = UseCounter(most=1)
    counter.count_request(ACME, 404, 0)
    taken = counter.take()
    counter.count_job(GLOBEX, 0)
    counter.put_back(taken)
    assert counter.take() == {GLOBEX: Use(jobs=1), OTHER: Use(1, refused=1)}
