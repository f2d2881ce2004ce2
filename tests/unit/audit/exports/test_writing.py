"""Cells that a spreadsheet would run are defused; all others stay what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.exports.writing import defused


@pytest.mark.parametrize("text", ["", "plain", "a=b", "1-2", "'quoted", "alice@acme.example", " padded"])
def test_what_is_no_formula_is_not_touched(text: str) -> None:
    assert defused(text) == text


@given(st.sampled_from("=+-@\t\r\n"), st.text())
def test_whatever_begins_like_a_formula_begins_with_an_apostrophe(sign: str, rest: str) -> None:
    assert defused(sign + rest) == f"'{sign}{rest}"
