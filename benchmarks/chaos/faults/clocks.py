"""Faults of clocks: those of two web servers differ, and time jumps, also back."""

from __future__ import annotations

from benchmarks.chaos.faults.fault import Fault
from benchmarks.chaos.installation import Installation
from benchmarks.chaos.load import Load

SKEW_SECONDS = 30


def ahead(installation: Installation, load: Load) -> list[str]:
    return _set(installation, load, (0, SKEW_SECONDS))


def behind(installation: Installation, load: Load) -> list[str]:
    return _set(installation, load, (0, -SKEW_SECONDS))


def jumps(installation: Installation, load: Load) -> list[str]:
    """Have both clocks go back by half a minute, at once, again and again, and forth between."""
    for seconds in (SKEW_SECONDS, 0, -SKEW_SECONDS, 0):
        _set(installation, load, (seconds, seconds))
    return []


def _set(installation: Installation, load: Load, clocks: tuple[int, int]) -> list[str]:
    for number, seconds in enumerate(clocks):
        installation.set_clock(number, seconds)
    load.await_progress(6)
    return []


FAULTS = (
    Fault("ahead", f"The clock of one web server is {SKEW_SECONDS} s ahead", ahead, needs="clock"),
    Fault("behind", f"The clock of one web server is {SKEW_SECONDS} s behind", behind, needs="clock"),
    Fault("jumps", f"Time jumps by {SKEW_SECONDS} s, forth and back, at both", jumps, needs="clock"),
)
