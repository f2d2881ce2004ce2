"""What makes a password good enough, and comparing one."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password

from accounts.passwords import LengthValidator, check_new_password, is_password_of
from workix.core.errors import Invalid

GOOD = "correct horse battery"


@pytest.mark.requirement("S15")
@pytest.mark.parametrize("password", [GOOD, "x" * 15, "x" * 128, "пароль-пароль-!", "🙂" * 15])
def test_anything_long_enough_is_a_password(password: str) -> None:
    assert check_new_password(password) == password


@pytest.mark.requirement("S15")
@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", "password_length"),
        ("x" * 14, "password_length"),
        ("x" * 129, "password_length"),
        ("1qaz2wsx3edc4rfv", "password_too_common"),
        ("1QAZ2wsx3edc4RFV", "password_too_common"),
    ],
)
def test_too_short_too_long_or_too_common_is_refused(password: str, problem: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_new_password(password, field="admin.password")
    assert (caught.value.field, caught.value.problem) == ("admin.password", problem)


def test_the_refusal_says_what_would_be_better() -> None:
    assert LengthValidator().get_help_text() == "Use 15 to 128 characters. Several words are a good choice."


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
