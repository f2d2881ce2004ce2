"""Faults under load that no other test causes: nothing acknowledged is lost, nobody meets a 500. All, and mails: `make chaos`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.chaos.faults import FAULTS
from benchmarks.chaos.installation import Installation, installation, missing
from benchmarks.chaos.trial import try_fault

pytestmark = [pytest.mark.drill]

CAUSED = ("exhaustion", "mail", "disk", "wal", "var")
CLOCKS = ("ahead", "jumps")


@pytest.fixture(scope="module")
def installed() -> Iterator[Installation]:
    with installation() as made:
        yield made


@pytest.mark.parametrize("name", CAUSED + CLOCKS)
def test_nothing_that_was_acknowledged_is_lost(installed: Installation, name: str) -> None:
    fault = next(each for each in FAULTS if each.name == name)
    lacks = missing(installed, fault.needs)
    if lacks:
        pytest.skip(lacks)
    if fault.needs == "clock":
        installed.stop_webs()
        installed.start_webs(clocks=True)
    if fault.repeats:
        installed.may_repeat.add(name)
    outcome = try_fault(installed, fault)
    assert (outcome.lost, outcome.broken) == ([], [])
