"""uuid7(): ids that sort by the time they were made."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import time_machine

from workix.core.models import uuid7


def test_version_and_variant_are_those_of_the_standard() -> None:
    made = [uuid7() for _ in range(1_000)]
    assert {(each.version, each.variant) for each in made} == {(7, uuid.RFC_4122)}


def test_a_thousand_ids_of_one_millisecond_differ() -> None:
    with time_machine.travel(datetime(2026, 11, 23, tzinfo=UTC), tick=False):
        made = {uuid7() for _ in range(1_000)}
    assert len(made) == 1_000


def test_the_first_48_bits_are_the_milliseconds() -> None:
    moment = datetime(2026, 11, 23, 12, 30, 45, 678_000, tzinfo=UTC)
    with time_machine.travel(moment, tick=False):
        assert uuid7().int >> 80 == int(moment.timestamp() * 1_000)


def test_later_ids_sort_behind_earlier_ones() -> None:
    with time_machine.travel(datetime(2026, 11, 23, tzinfo=UTC), tick=False) as clock:
        made = []
        for _ in range(100):
            made.append(uuid7())
            clock.shift(0.001)
    assert made == sorted(made)
    assert [str(each) for each in made] == sorted(str(each) for each in made)
