"""A fault: how it is caused and undone, and what clients may meet meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.chaos.installation import Installation
from benchmarks.chaos.load import Load

#: Causes the fault under load, keeps it up, undoes it, and returns what it saw that is not as promised.
Cause = Callable[[Installation, Load], list[str]]


@dataclass(frozen=True)
class Fault:
    """What happens, and how it is caused.

    `refuses`: calls must meet a 503, else it was not felt. `drops`: a call may stay unanswered. `repeats`: a mail may come
    twice, since its job is done at least once.
    """

    name: str
    title: str
    cause: Cause
    refuses: bool = False
    drops: bool = False
    repeats: bool = False
    needs: str = ""
    restarts: bool = False
