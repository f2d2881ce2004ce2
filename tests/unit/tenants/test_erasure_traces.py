"""By what a person is found: where an address ends, how JSON spells it, and that nothing is found by nothing."""

from __future__ import annotations

import re

import pytest

from tenants.erasure.traces import pattern_of


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("bob@acme.example", True),
        ("<Bob@Acme.Example>, and others.", True),
        ("'bob@acme.example'", True),
        ("bob@acme.example.", True),
        (r'{"text": "line\nbob@acme.example"}', True),
        ("jimbob@acme.example", False),
        ("o'bob@acme.example", False),
        ("x.bob@acme.example", False),
        ("x+bob@acme.example", False),
        ("bob@acme.example.org", False),
        ("bob@acme.examples", False),
        ("bob@acmeXexample", False),
    ],
)
def test_where_an_address_ends(text: str, is_found: bool) -> None:
    assert (re.search(pattern_of(["bob@acme.example"]), text, re.IGNORECASE) is not None) == is_found


def test_it_is_found_as_json_spells_it() -> None:
    assert re.search(pattern_of(['CN="Bob"\\x']), r'{"subject": "CN=\"Bob\"\\x"}')


@pytest.mark.parametrize("texts", [[], [""], ["", ""]])
def test_nothing_is_found_by_nothing(texts: list[str]) -> None:
    assert re.search(pattern_of(texts), "anything, bob@acme.example") is None
