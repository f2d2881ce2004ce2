"""The tree that a filter is read into: precedence, value paths, values as JSON has them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.scim.errors import InvalidFilter
from accounts.scim.filters.grammar import DEEPEST, attribute_name, parse
from accounts.scim.filters.tree import Both, Comparison, Not, Value

A, B, C = (Comparison(name, "pr") for name in "abc")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a pr", A),
        ("a pr or b pr and c pr", Both(A, Both(B, C), either=True)),
        ("(a pr or b pr) and c pr", Both(Both(A, B, either=True), C)),
        ("a pr and b pr or c pr", Both(Both(A, B), C, either=True)),
        ("not (a pr) and b pr", Both(Not(A), B)),
        ("A PR AND B Pr", Both(A, B)),
        ('a[b eq "x"]', Comparison("a.b", "eq", "x")),
        ('a[b pr and not (c eq "x")]', Both(Comparison("a.b", "pr"), Not(Comparison("a.c", "eq", "x")))),
        ("((a pr))", A),
        ("  a   pr  ", A),
    ],
)
def test_and_binds_closer_than_or_and_not_closest(text: str, tree: object) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"x"', "x"),
        ('"a \\"b\\" (c) \\\\"', 'a "b" (c) \\'),
        ('"\\u00e9"', "é"),
        ('""', ""),
        ("true", True),
        ("False", False),
        ("null", None),
        ("1", 1),
        ("-1.5", -1.5),
    ],
)
def test_a_value_is_read_as_json(text: str, value: Value) -> None:
    assert parse(f"a eq {text}") == Comparison("a", "eq", value)


def test_a_chain_is_as_deep_as_parentheses() -> None:
    assert parse(" and ".join(["a pr"] * DEEPEST))
    for text in (" and ".join(["a pr"] * (DEEPEST + 1)), "(" * DEEPEST + "a pr" + ")" * DEEPEST):
        with pytest.raises(InvalidFilter, match="deeper"):
            parse(text)


def test_the_urn_of_a_schema_is_no_part_of_a_name() -> None:
    assert attribute_name("urn:ietf:params:scim:schemas:core:2.0:User:name.givenName") == "name.givenname"
    with pytest.raises(InvalidFilter):
        attribute_name("urn:other:name")


@given(st.text(max_size=60) | st.text('()[]"\\ andornteqpr.:', max_size=60))
def test_any_text_is_a_filter_or_is_refused(text: str) -> None:
    with suppress(InvalidFilter):
        assert parse(text)
