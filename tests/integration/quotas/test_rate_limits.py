"""quotas.rate_limits: counting in a window, parts of a counter, giving back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from quotas.rate_limits import (
    Limit,
    count_attempt,
    count_of,
    forget_all_attempts,
    forget_attempts,
    give_back_one,
    give_back_part,
)
from tests.acts import at_once, rows
from workix.core.errors import TooMany

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
WINDOW = timedelta(minutes=15)
THREE = Limit("three", 3, WINDOW)
IN_PARTS = Limit("parts", 5, WINDOW, most_of_part=2)


def counted(limit: Limit, times: int, *, now: datetime = NOW, part: str = "") -> list[int | str]:
    """Count so often; return what was left each time, or how long to wait."""
    found: list[int | str] = []
    for _ in range(times):
        try:
            found.append(count_attempt(limit, "me", now=now, part=part).remaining)
        except TooMany as refusal:
            found.append(f"wait {refusal.headers['Retry-After']}")
    return found


def kept() -> list[tuple[object, ...]]:
    return rows("SELECT name, count, parts FROM attempts ORDER BY name")


def test_a_window_ends_when_it_says_so(database: None) -> None:
    assert counted(THREE, 4) == [2, 1, 0, "wait 900"]
    assert counted(THREE, 1, now=NOW + WINDOW - timedelta(seconds=1)) == ["wait 1"]
    assert counted(THREE, 2, now=NOW + WINDOW) == [2, 1]
    assert kept() == [("three", 2, {"": 2})]


@pytest.mark.fault("A10")
@pytest.mark.parametrize("ahead", [timedelta(seconds=1), timedelta(minutes=14), timedelta(days=365)])
def test_a_counter_from_the_future_counts_as_begun_now(database: None, ahead: timedelta) -> None:
    assert counted(THREE, 4, now=NOW + ahead) == [2, 1, 0, "wait 900"]
    assert counted(THREE, 1) == ["wait 900"], "the clock is right again"
    assert counted(THREE, 1, now=NOW + timedelta(minutes=10)) == ["wait 300"], "its window began when it was seen"
    assert counted(THREE, 1, now=NOW + WINDOW) == [2]


@pytest.mark.fault("A10")
def test_a_counter_from_the_future_that_is_not_full_counts_on(database: None) -> None:
    assert counted(THREE, 2, now=NOW + timedelta(days=365)) == [2, 1]
    assert counted(THREE, 2) == [0, "wait 900"]


def test_no_part_gets_more_than_its_share_and_all_no_more_than_the_limit(database: None) -> None:
    assert counted(IN_PARTS, 3, part="a") == [1, 0, "wait 900"]
    assert counted(IN_PARTS, 2, part="b") == [1, 0]
    assert counted(IN_PARTS, 2, part="c") == [0, "wait 900"]
    assert kept() == [("parts", 5, {"a": 2, "b": 2, "c": 1})]


def test_a_part_is_given_back_and_nothing_else(database: None) -> None:
    for part in ("a", "a", "b"):
        count_attempt(THREE, "me", now=NOW, part=part)
    give_back_part(THREE, "me", "c")
    give_back_part(THREE, "me", "a")
    assert kept() == [("three", 1, {"b": 1})]
    give_back_part(THREE, "me", "b")
    assert kept() == []


def test_a_part_of_a_window_that_is_over_gives_nothing_back_in_the_next(database: None) -> None:
    counted(THREE, 2, part="a")
    assert counted(THREE, 3, now=NOW + WINDOW, part="b") == [2, 1, 0]
    give_back_part(THREE, "me", "a")
    assert kept() == [("three", 3, {"b": 3})]


def test_one_attempt_is_given_back(database: None) -> None:
    assert counted(THREE, 3) == [2, 1, 0]
    give_back_one(THREE, "me")
    assert counted(THREE, 2) == [0, "wait 900"]
    for _ in range(4):
        give_back_one(THREE, "me")
    assert kept() == []


def test_of_many_who_count_and_give_back_at_once_no_more_than_the_limit_are_left(database: None) -> None:
    def come_and_go(number: int) -> None:
        counted(THREE, 2, part=f"{number % 2}")
        give_back_part(THREE, "me", f"{number % 2}")

    at_once(come_and_go, 12)
    ((_, count, parts),) = kept() or [("", 0, {})]
    assert (count <= 3, sum(parts.values())) == (True, count)


def test_one_counter_is_forgotten_or_all_of_a_limit(database: None) -> None:
    other = Limit("other", 3, WINDOW)
    for whose in ("me", "you"):
        count_attempt(THREE, whose, now=NOW)
        count_attempt(other, whose, now=NOW)
    forget_attempts(THREE, "me")
    assert [name for name, *_ in kept()] == ["other", "other", "three"]
    forget_attempts(other)
    assert [name for name, *_ in kept()] == ["other", "other", "three"], "of nobody means nobody's"
    forget_all_attempts(other)
    assert [name for name, *_ in kept()] == ["three"]


def test_looking_counts_nothing(database: None) -> None:
    assert count_of(THREE, "me", now=NOW) == 0
    counted(THREE, 4)
    assert (count_of(THREE, "me", now=NOW), count_of(THREE, "me", now=NOW + WINDOW)) == (3, 0)
    assert kept() == [("three", 3, {"": 3})]
