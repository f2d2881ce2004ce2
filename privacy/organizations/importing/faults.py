"""Faults of an archive: what is wrong, in which file and line of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from workix.core.errors import Invalid

#: Faults that are told one by one; of more there is the number.
MOST_TOLD = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong. `line` is 0 where it is the file as a whole, `field` empty where it is the line as a whole."""

    file: str
    line: int
    field: str
    detail: str

    def __str__(self) -> str:
        where = f"{self.file}{(self.line and f', line {self.line}') or ''}{self.field and f', {self.field}'}"
        return f"{where}: {self.detail}"


@dataclass(slots=True)
class Faults:
    """Those of an archive: the first MOST_TOLD are kept, all are counted."""

    told: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, fault: Fault) -> None:
        self.count += 1
        if len(self.told) < MOST_TOLD:
            self.told.append(fault)

    def require_none(self) -> None:
        """:raises FaultyArchive: when there is any."""
        if self.count:
            raise FaultyArchive(self)


class FaultyArchive(Invalid):
    """Nothing was imported. `faults` says what is wrong."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        super().__init__(f"Faults in the archive: {faults.count:,}. Nothing was imported.")


def faulty(file: str, detail: str, *, line: int = 0, field: str = "") -> FaultyArchive:
    """Make the refusal of one fault, behind which nothing can be read."""
    faults = Faults()
    faults.add(Fault(file, line, field, detail))
    return FaultyArchive(faults)
