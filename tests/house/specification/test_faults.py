"""Faults that were found by use and by attack: each has a test that is marked with its number, `@pytest.mark.fault("A1")`."""

from __future__ import annotations

import ast

from tests.house.rule import assert_kept
from tests.house.sources import TESTS, calls, dotted, files

#: Section of the list of faults -> how many it has.
FAULTS = {"A": 11, "B": 7, "C": 13, "D": 11, "E": 14, "F": 13, "G": 6, "H": 5}
LISTED = {f"{section}{number}" for section, count in FAULTS.items() for number in range(1, count + 1)}


def marked() -> set[str]:
    """Read every number that a test carries, as the source says it."""
    return {
        argument.value
        for file in files(*TESTS, suffix=".py")
        for call in calls(file)
        if dotted(call.func) == "pytest.mark.fault"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def test_every_fault_that_was_found_has_a_test() -> None:
    assert_kept(
        "What fell once has a test that shows it mended.",
        LISTED - marked(),
        mend='write a test that failed before, and mark it: @pytest.mark.fault("A1")',
    )


def test_a_test_names_no_fault_that_is_not_listed() -> None:
    assert_kept(
        "A number that a test carries is one of the list.",
        marked() - LISTED,
        mend="correct the number, or add the fault to FAULTS in tests/house/specification/test_faults.py",
    )
