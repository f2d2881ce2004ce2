"""Comparing a password with its hash."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password

from accounts.passwords import is_password_of

GOOD = "correct horse battery"


def test_only_the_right_password_fits() -> None:
    encoded = make_password(GOOD)
    assert [is_password_of(encoded, each) for each in (GOOD, GOOD + " ", GOOD.upper(), "")] == [
        True,
        False,
        False,
        False,
    ]


def test_nobody_has_no_password_that_fits() -> None:
    assert [is_password_of(None, each) for each in (GOOD, "nobody's password", "")] == [False, False, False]


@pytest.mark.requirement("S81")
def test_passwords_are_kept_as_argon2() -> None:
    encoded = make_password(GOOD)
    assert (identify_hasher(encoded).algorithm, encoded.split("$")[1]) == ("argon2", "argon2id")
