"""Nothing is claimed that is not proven."""

from __future__ import annotations

import ast

from tests.house.requirement_rows import DONE, ROWS
from tests.house.requirements import PAGE, _markers, _numbers, page, proofs
from tests.house.sources import PROJECT


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "Run: make docs"


def test_what_is_claimed_done_is_proven() -> None:
    proven = {proof.number for proof in proofs()}
    assert sorted(DONE - proven) == []
    assert [number for number in sorted(DONE) if not ROWS[number][1]] == []


def test_the_code_of_every_row_is_there() -> None:
    named = {file for _asked, code in ROWS.values() for file in code.split()}
    assert sorted(file for file in named if not (PROJECT / file).exists()) == []


def test_no_test_proves_what_nobody_asked_for() -> None:
    assert sorted({proof.number for proof in proofs()} - ROWS.keys()) == []


def test_markers_are_found_on_tests_and_on_files() -> None:
    source = (
        'pytestmark = [pytest.mark.requirement("S1", "S2")]\n@pytest.mark.requirement("N3")\ndef test() -> None: ...\n'
    )
    found = [number for marker in _markers(ast.parse(source)) for number in _numbers(marker)]
    assert sorted(found) == ["N3", "S1", "S2"]
