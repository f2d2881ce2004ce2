"""Bodies are what their document says: no other fields, no other kinds, and names of one line."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from workix.api.serializers import SingleLineField, StrictSerializer


class Inner(StrictSerializer):
    name = SingleLineField(max_length=10)


class Body(StrictSerializer):
    name = SingleLineField(max_length=10, required=False)
    nickname = SingleLineField(max_length=10, required=False, allow_blank=True)
    email = serializers.EmailField(required=False)
    amount = serializers.IntegerField(required=False)
    is_active = serializers.BooleanField(required=False)
    role = serializers.ChoiceField([("admin", "Admin"), ("1", "One")], required=False)
    inner = Inner(required=False)


def errors(data: Any) -> Any:
    body = Body(data=data)
    if body.is_valid():
        return {}
    return _codes(body.errors)


def _codes(errors: Any) -> Any:
    if isinstance(errors, dict):
        return {name: _codes(each) for name, each in errors.items()}
    return [each.code for each in errors]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({}, {}),
        ({"name": "Ada", "amount": 1, "is_active": False, "role": "admin", "inner": {"name": "x"}}, {}),
        ({"amount": 1.0}, {}),
        ({"nmae": "Ada"}, {"nmae": ["unknown_field"]}),
        ({"b": 1, "a": 2, "amount": 0.5}, {"a": ["unknown_field"], "b": ["unknown_field"], "amount": ["invalid"]}),
        ({"inner": {"name": "x", "more": 1}}, {"inner": {"more": ["unknown_field"]}}),
        ({"inner": {"name": 1}}, {"inner": {"name": ["invalid"]}}),
        ({"name": 1}, {"name": ["invalid"]}),
        ({"name": True}, {"name": ["invalid"]}),
        ({"name": None}, {"name": ["null"]}),
        ({"email": 1}, {"email": ["invalid"]}),
        ({"amount": "1"}, {"amount": ["invalid"]}),
        ({"amount": True}, {"amount": ["invalid"]}),
        ({"is_active": "true"}, {"is_active": ["invalid"]}),
        ({"is_active": 1}, {"is_active": ["invalid"]}),
        ({"is_active": []}, {"is_active": ["invalid"]}),
        ({"role": 1}, {"role": ["invalid"]}),
        ([], {"non_field_errors": ["invalid"]}),
    ],
)
def test_a_body_has_its_own_fields_of_their_own_kinds(data: Any, found: Any) -> None:
    assert errors(data) == found


@pytest.mark.parametrize("text", ["Ada", "  Ada Lovelace ", "Zoë 🦊", "\u202eada", "a\u00a0b"])
def test_a_line_is_read_without_the_spaces_around_it(text: str) -> None:
    assert SingleLineField(max_length=20).run_validation(text) == text.strip()


@pytest.mark.parametrize("text", ["a\nb", "a\r\nBcc: x", "tab\t", "\x1b[31m", "a\u2028b", "\x7f", "\u0085a", "ends\n"])
@pytest.mark.parametrize("allow_blank", [False, True])
def test_a_line_has_no_control_characters(text: str, allow_blank: bool) -> None:
    with pytest.raises(ValidationError) as caught:
        SingleLineField(max_length=20, allow_blank=allow_blank).run_validation(text)
    assert caught.value.get_codes() == ["invalid"]


def test_a_line_says_something_unless_it_may_be_blank() -> None:
    for text in ("", "   "):
        with pytest.raises(ValidationError) as caught:
            SingleLineField(max_length=20).run_validation(text)
        assert caught.value.get_codes() == ["blank"]
        assert SingleLineField(max_length=20, allow_blank=True).run_validation(text) == ""


def test_the_length_is_that_of_what_was_sent() -> None:
    with pytest.raises(ValidationError) as caught:
        SingleLineField(max_length=3).run_validation("ada ")
    assert caught.value.get_codes() == ["max_length"]


def test_a_megabyte_is_looked_at_once() -> None:
    """The pattern has one way to match: with more, this would take hours."""
    with pytest.raises(ValidationError):
        SingleLineField(max_length=10).run_validation("a" * 1_000_000 + "\n")


def test_what_the_document_says_is_what_is_checked() -> None:
    assert SingleLineField(max_length=20, allow_blank=True).json_schema == {
        "maxLength": 20,
        "pattern": r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$",
    }
    assert SingleLineField(max_length=20).json_schema["minLength"] == 1


@pytest.mark.fault("A4")
def test_of_very_many_unknown_fields_the_first_are_named_after_those_that_are_known() -> None:
    found = errors({"role": 1} | {f"k{number:05}": 1 for number in reversed(range(9_999))})
    assert found == {"role": ["invalid"]} | {f"k{number:05}": ["unknown_field"] for number in range(21)}
    assert next(iter(found)) == "role"


@pytest.mark.fault("E1")
@pytest.mark.parametrize(
    ("amount", "found"),
    [
        (2**31 - 1, {}),
        (-(2**31), {}),
        (2**31, {"amount": ["max_value"]}),
        (-(2**31) - 1, {"amount": ["min_value"]}),
        (2**63, {"amount": ["max_value"]}),
        (10**20, {"amount": ["max_value"]}),
        (1e300, {"amount": ["invalid"]}),
        (float("inf"), {"amount": ["invalid"]}),
    ],
)
def test_a_number_without_bounds_of_its_own_has_those_of_an_integer_column(amount: Any, found: Any) -> None:
    assert errors({"amount": amount}) == found
