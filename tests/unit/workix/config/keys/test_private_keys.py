"""Private keys as text: PEM blocks, and a line above each that says from when on it signs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from workix.config.keys.private_keys import PrivateKey, parse, write
from workix.config.values import make_signing_key, signing_keys

ONE, TWO = (make_signing_key().strip() for _ in range(2))
NOON = datetime(2030, 1, 31, 12, tzinfo=UTC)


def test_what_is_written_is_read_back() -> None:
    keys = (PrivateKey(ONE), PrivateKey(TWO, NOON))
    text = write(keys)
    assert (parse(text), text) == (keys, f"{ONE}\nsigns from 2030-01-31T12:00:00Z\n{TWO}\n")
    assert signing_keys(text).reveal() == text


def test_they_may_stand_on_one_line() -> None:
    assert parse(write((PrivateKey(ONE, NOON),)).replace("\n", "\\n")) == (PrivateKey(ONE, NOON),)


def test_other_lines_and_zones_are_read_as_they_are_meant() -> None:
    text = f"Bag Attributes\n  friendlyName: x\nSigns from 2030-01-31T13:00:00+01:00 \n{ONE}\n# the old one\n{TWO}\n"
    assert parse(text) == (PrivateKey(ONE, NOON), PrivateKey(TWO))


@pytest.mark.parametrize(
    "line",
    [
        "signs from tomorrow",
        "signs from 2030-01-31T12:00:00",
        "signs from",
        "signs from 2030-01-31T12:00:00Z\nsigns from 2030-01-31T12:00:00Z",
        "SIGNS FROM 31.1.2030",
    ],
)
def test_a_moment_that_is_not_clear_is_refused_and_the_key_not_repeated(line: str) -> None:
    with pytest.raises(ValueError, match="not clear when it signs") as caught:
        parse(f"{line}\n{ONE}\n")
    assert ONE.splitlines()[1] not in str(caught.value)


def test_a_moment_without_a_key_is_refused() -> None:
    with pytest.raises(ValueError, match="no key follows"):
        parse(f"{ONE}\nsigns from 2030-01-31T12:00:00Z\n")


def test_a_key_does_not_show_itself() -> None:
    assert repr(PrivateKey(ONE, NOON)) == "PrivateKey(********, 2030-01-31 12:00:00+00:00)"
