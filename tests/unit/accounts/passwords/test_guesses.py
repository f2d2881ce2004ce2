"""The estimate of how many guesses a password withstands."""

from __future__ import annotations

import random
import string
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.passwords.guesses import decades


def test_parts_are_worth_what_guessing_them_takes() -> None:
    own = ("Initech", "ida@initech.example")
    parts = [
        "~",
        "~^",
        "password",
        "initech",
        "1n1t3ch",
        "ida",
        "qwertyuiop",
        "zxcvbnm,./",
        "1987",
        "14.07.1987",
        "~^~^~^~^",
    ]
    assert [round(decades(part, about=own), 1) for part in parts] == [1, 2, 0.7, 1, 1, 1, 1.3, 2, 2, 4.5, 2.5]


def test_nothing_is_worth_nothing() -> None:
    assert decades("", about=("", " ", "-")) == 0


def test_what_nobody_can_guess_is_worth_ten_a_character() -> None:
    drawn = random.Random(1)  # noqa: S311  # the same ones each time
    texts = ["".join(drawn.choices(string.ascii_letters + string.digits, k=15)) for _ in range(200)]
    assert min(map(decades, texts)) > 10


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_more_of_it_is_never_worth_less(head: str, tail: str) -> None:
    assert decades(head) <= decades(head.casefold()) + decades(tail) + len(head + tail)
    assert decades(head + head) <= decades(head) * 2


@pytest.mark.fault("B7")
@pytest.mark.parametrize(
    "text", ["4@8({[<369&%#!1/|750$+7%2z" * 5, "ab" * 64, "1" * 128, "qwertyuiop" * 13, "p@ssw0rd" * 16, "\ufdfa" * 128]
)
def test_a_hostile_text_takes_no_more_steps_than_its_length_allows(text: str) -> None:
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)  # calls and returns, those of C too: the same number on every machine
    try:
        decades(text[:128])
    finally:
        sys.setprofile(None)
    assert steps < 128 * 40 * 30
