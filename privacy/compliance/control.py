"""Control of a compliance report: a function that looks whether a safeguard holds, with the GDPR, SOC 2 and ASVS it is for."""

# Note [Controls]
# A control is a function with @control in the module `compliance` of an app, which is found by its place. It is called in the
# scope of the organization, as its own role, and in a savepoint of its own. It returns a Finding: a sentence, numbers, and rows
# of which no more than MOST_ROWS are shown. It does bounded work: counts by SQL, and no query in a loop. One that fails is
# `not checked`, and no report is lost by it.

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any

from tenants.models import Organization

MOST_ROWS = 200
#: What a fact, or a cell of a table, can be: what canonical JSON (RFC 8785) writes in one way only.
Value = str | int | bool | None


class Status(StrEnum):
    MET = "met"
    NOT_MET = "not met"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of evidence, of `total` there are."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What a control found."""

    status: Status
    sentence: str
    facts: Mapping[str, Value] = field(default_factory=dict)
    table: Table | None = None


@dataclass(frozen=True)
class ReportScope:
    """Whose report it is, and of which time: from `begin` up to, and without, `end`."""

    organization: Organization
    begin: datetime
    end: datetime
    now: datetime
    _kept: dict[str, Any] = field(default_factory=dict, repr=False)

    def once(self, name: str, look: Callable[[], Any]) -> Any:
        """Return what several controls ask for, looked for once a report."""
        if name not in self._kept:
            self._kept[name] = look()
        return self._kept[name]


Check = Callable[[ReportScope], Finding]


@dataclass(frozen=True, slots=True)
class Control:
    """A line of the report, and what it is evidence for."""

    name: str
    title: str
    area: str
    check: Check
    #: Articles of the GDPR, trust services criteria of SOC 2 (2017), sections of OWASP ASVS 5.0.
    gdpr: tuple[str, ...]
    soc2: tuple[str, ...]
    asvs: tuple[str, ...]


#: Every control there is, in the order of the report. See Note [Controls].
CONTROLS: dict[str, Control] = {}


def control(
    name: str,
    title: str,
    *,
    area: str,
    gdpr: Sequence[str] = (),
    soc2: Sequence[str] = (),
    asvs: Sequence[str] = (),
) -> Callable[[Check], Check]:
    """Have every report ask a function. `name` is `area.control`, and stays: reports of two years are compared by it."""

    def register(check: Check) -> Check:
        CONTROLS[name] = Control(name, title, area, check, tuple(gdpr), tuple(soc2), tuple(asvs))
        return check

    return register


def met_if(holds: bool) -> Status:  # a yes or no is all there is to say
    return Status.MET if holds else Status.NOT_MET


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, total: int) -> Table:
    """Write rows as evidence: times as texts, and no more than MOST_ROWS."""
    shown = tuple(tuple(_value(cell) for cell in row) for row in islice(rows, MOST_ROWS))
    return Table(tuple(columns), shown, total)


def counted(number: int, one: str, many: str) -> str:
    """Write a number with its noun."""
    return f"{number:,} {one if number == 1 else many}"


def days_before(moment: datetime, days: int) -> datetime:
    return moment - timedelta(days=days)


def _value(cell: Any) -> Value:
    if cell is None or isinstance(cell, bool | int | str):
        return cell
    return f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else str(cell)
