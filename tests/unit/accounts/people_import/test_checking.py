"""People who are to be imported: every field of every line that is wrong is told, and none of its secrets."""

from __future__ import annotations

import pytest

from accounts.people_import.checking import MOST_TOLD, Person, check
from accounts.people_import.files import COLUMNS, Fault, Line
from tests.unit.accounts.login.foreign import HASHES


def line(number: int = 2, **values: str) -> Line:
    return Line(number, dict.fromkeys(COLUMNS, "") | {"email": "a@x.example"} | values)


def test_somebody_who_is_good_comes_in_our_one_form() -> None:
    given = line(email="Ada@BÜCHER.example", first_name="Zoe\u0308", role="ADMIN", password_hash=HASHES["bcrypt"])
    checked = check([given, line(3, email="b@x.example")])
    hashed = f"imported${HASHES['bcrypt']}"
    assert list(checked.people.values()) == [
        Person(2, "ada@xn--bcher-kva.example", "Zo\u00eb", "", "admin", hashed),
        Person(3, "b@x.example", "", "", "user", ""),
    ]
    assert hashed not in repr(checked), "no secret lands in a log"


@pytest.mark.parametrize(
    ("values", "detail"),
    [
        ({"email": ""}, "An address is needed."),
        ({"email": "nobody"}, "This is no e-mail address."),
        ({"email": "a\0@x.example"}, "This is no e-mail address."),
        ({"email": "a" * 65 + "@x.example"}, "Mail servers do not accept this address."),
        ({"first_name": "x" * 101}, "Use 100 characters or fewer."),
        ({"last_name": "a\0b"}, "Use no control characters, and one line only."),
        ({"last_name": "a\u2028b"}, "Use no control characters, and one line only."),
        ({"role": "owner"}, "Use one of admin, user, viewer."),
        ({"role": "operator"}, "Use one of admin, user, viewer."),
        (
            {"password_hash": "secret words"},
            "This is no hash of bcrypt, scrypt, Argon2id or PBKDF2 in a form that we read.",
        ),
    ],
)
def test_a_field_that_is_wrong_is_named(values: dict[str, str], detail: str) -> None:
    checked = check([line(7, **values)])
    assert (checked.people, checked.faults) == ({}, [Fault(7, next(iter(values)), detail)])


def test_all_that_is_wrong_with_a_line_is_told_at_once() -> None:
    checked = check([line(email="x", role="y", password_hash="z"), Fault(3, "", "No.")])
    assert [(fault.line, fault.field) for fault in checked.faults] == [
        (2, "email"),
        (2, "role"),
        (2, "password_hash"),
        (3, ""),
    ]


def test_two_spellings_of_one_address_are_the_same() -> None:
    spellings = ["a@bücher.example", "A@xn--bcher-kva.example", "a@BÜCHER.EXAMPLE"]
    checked = check([line(number, email=each) for number, each in enumerate(spellings, start=2)])
    assert checked.faults == [
        Fault(3, "email", "Line 2 has the same address."),
        Fault(4, "email", "Line 2 has the same address."),
    ]


def test_of_faults_without_end_the_first_are_kept_and_all_are_counted() -> None:
    checked = check(line(number, email="x") for number in range(5_000))
    assert (len(checked.faults), checked.count_of_faults) == (MOST_TOLD, 5_000)
