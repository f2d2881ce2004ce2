"""Requirements: what is claimed done is proven by a test, its code is there, and the generated pages are current."""

from __future__ import annotations

from pathlib import Path

import pytest

from specification.data_model import TABLES
from specification.pages import PAGES
from specification.requirement_rows import DONE
from specification.requirements import Requirement, marked, proofs, requirements
from tests.house.sources import PROJECT, name


@pytest.mark.requirement("S59", "S61", "C5")
@pytest.mark.parametrize("page", PAGES, ids=name)
def test_the_pages_are_current(page: Path) -> None:
    assert page.read_text(encoding="utf-8") == PAGES[page](), f"{name(page)} is stale. Run: make docs"


def test_every_number_that_was_given_has_a_row() -> None:
    given = [f"S{number}" for number in range(1, 148) if number not in {136, 137, 138, 139, 146}]
    ours = [f"N{number}" for number in range(1, 16)]
    assert sorted(requirements()) == sorted([*given, *ours, "C1", "C2", "C3", "C4", "C5"])


def test_every_row_has_a_sentence_of_its_own() -> None:
    sentences = [each.asked for each in requirements().values()]
    assert (len(set(sentences)), [each for each in sentences if not each.endswith((".", "?"))]) == (len(sentences), [])


def test_the_columns_that_were_asked_for_have_the_numbers_in_order() -> None:
    numbers = [column.number for table in TABLES for column in table.numbered()]
    assert numbers == [f"S{number}" for number in range(89, 121)]


def test_every_column_without_a_number_says_what_it_is_for() -> None:
    silent = [
        f"{table.name}.{column.name}"
        for table in TABLES
        for column in table.columns
        if not column.number and not column.because
    ]
    assert silent == []


def test_what_is_claimed_done_is_proven() -> None:
    assert unproven(requirements(), proofs()) == {}


def test_the_code_of_every_row_is_there() -> None:
    named = {file for each in requirements().values() for file in each.code}
    assert sorted(file for file in named if not (PROJECT / file).exists()) == []


def test_no_test_proves_and_no_row_claims_what_nobody_asked_for() -> None:
    assert sorted((proofs().keys() | DONE) - requirements().keys()) == []


def test_a_claim_without_test_or_without_code_would_be_found() -> None:
    claimed = {
        "S6": Requirement("S6", "Proven.", ("accounts",)),
        "S7": Requirement("S7", "Without a test.", ("accounts",)),
        "S8": Requirement("S8", "Without code.", ()),
        "S39": Requirement("S39", "Not claimed.", ()),
    }
    assert unproven(claimed, {"S6": ("tests/a.py",), "S8": ("tests/a.py",)}) == {"S7": "no test", "S8": "no code"}


def test_markers_are_found_on_tests_and_on_files(tmp_path: Path) -> None:
    source = (
        'pytestmark = [pytest.mark.requirement("S1", "S2")]\n'
        '@pytest.mark.requirement("N3")\ndef test() -> None: ...\n'
        'requirement("S4")\n"pytest.mark.requirement(\'S5\')"\n'
    )
    assert marked(source) == {"S1", "S2", "N3"}
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_it.py").write_text(source)
    found = ("tests/test_it.py",)
    assert proofs(tmp_path / "tests") == {"S1": found, "S2": found, "N3": found}


def unproven(rows: dict[str, Requirement], tests: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Name what is said to be done, and has no test that says so, or no code."""
    done = [each for each in rows.values() if each.state == "done"]
    missing = {each.number: "no test" for each in done if not tests.get(each.number)}
    return missing | {each.number: "no code" for each in done if not each.code}
