"""uuid7(): ids that sort by the time they were made. SingleLineField: a form takes one line."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
import time_machine
from django import forms
from django.db import models

from workix.core.models import SingleLineField, uuid7


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


@pytest.mark.parametrize("text", ["two\nlines", "a\tb", "\x1b[31m", "a\u2028b", "\x7f", "a\x85b"], ids=repr)
def test_a_form_refuses_what_is_more_than_one_line(text: str) -> None:
    field = SingleLineField(max_length=20).formfield()
    assert field.clean("Ünïcode — one line ✓") == "Ünïcode — one line ✓"
    with pytest.raises(forms.ValidationError, match="one line only"):
        field.clean(text)


def test_a_migration_knows_it_as_a_plain_column() -> None:
    assert SingleLineField(max_length=20).deconstruct() == models.CharField(max_length=20).deconstruct()


@pytest.mark.fault("E6")
def test_a_line_is_kept_and_looked_up_in_one_form() -> None:
    field = SingleLineField(max_length=20)
    assert [field.get_prep_value(each) for each in ("Zoe\u0308", "Zo\u00eb", None)] == ["Zo\u00eb", "Zo\u00eb", None]
