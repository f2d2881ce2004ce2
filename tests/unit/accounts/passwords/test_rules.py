"""What makes a password good enough."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.passwords import check_new_password
from accounts.passwords.rules import LengthValidator
from workix.core.errors import Invalid

GOOD = "correct horse battery"
ALICE = ("alice.liddell@acme.example", "Alice", "Liddell", "Acme Widgets", "acme")


@pytest.mark.requirement("S15")
@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "to be or not to be",
        "dkq83hvw02hfpaz",
        "зонт на пятом этаже",
        "🙂🦊🐳🍀🌵🎈🚲🏰🎷🧦🪁🧩🛶🥝🕯",
        f"{GOOD} " * 5,
    ],
)
def test_anything_long_that_is_not_easily_guessed_is_a_password(password: str) -> None:
    assert check_new_password(password, about=ALICE) == password


def refusal_of(password: str) -> tuple[str | None, str | None]:
    with pytest.raises(Invalid) as caught:
        check_new_password(password, about=ALICE, field="admin.password")
    return caught.value.field, caught.value.problem


@pytest.mark.requirement("S15")
@pytest.mark.parametrize("password", ["", "x" * 14, "x" * 129])
def test_too_short_or_too_long_is_refused(password: str) -> None:
    assert refusal_of(password) == ("admin.password", "password_length")


@pytest.mark.fault("B7")
@pytest.mark.requirement("S15")
@pytest.mark.parametrize(
    "password",
    [
        *("passwordpassword", "123456789012345", "qwertyuiopasdfg", "aaaaaaaaaaaaaaa", "🙂" * 15, "x" * 128),
        *("1qaz2wsx3edc4rfv", "1QAZ2wsx3edc4RFV", "qazwsxedcrfvtgb", "asdfghjkl;'asdfghj", "gfdsapoiuytrewq"),
        *("йцукенгшщзхъфывап", "abcdefghijklmnopqrstuvwxyz", "0987654321qwerty", "abcabcabcabcabc"),
        *(
            "P@ssw0rdP@ssw0rd1",
            "drowssapdrowssap",
            "Password123456!",
            "TrustNo1TrustNo1",
            "ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ",
        ),
        *("summer2024summer", "Winter2025!Winter2025!", "14.07.1990 1990", "11111222223333344444", "ab" * 60),
        *(
            "acmeacmeacmeacme",
            "Acme-Widgets-2024!",
            "alice.liddell@acme.example",
            "aliceliddell1990",
            "Al1ce.L!ddell!!!",
        ),
        *("lladdiladdilllleddil", "acme123alice456", "Liddell.Liddell.1"),
    ],
)
def test_what_is_guessed_soon_is_refused_however_long(password: str) -> None:
    assert refusal_of(password) == ("admin.password", "password_too_common")


def test_the_refusal_says_what_would_be_better() -> None:
    assert password_validators_help_texts() == [
        "Use 15 to 128 characters. Several words are a good choice.",
        "This is easily guessed: common words, names, rows of keys and repetitions count for little. "
        "Several words that do not belong together are a good choice.",
    ]
    assert LengthValidator().get_help_text() == "Use 15 to 128 characters. Several words are a good choice."


@pytest.mark.fault("B7")
def test_djangos_own_commands_have_the_same_rules() -> None:
    with pytest.raises(ValidationError):
        validate_password("Liddell-Liddell-7", User(email="a@acme.example", last_name="Liddell"))
    validate_password(GOOD, User(email="a@acme.example", last_name="Liddell"))
