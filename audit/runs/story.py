"""Story of a run: its entries in order of time, by step, with who, for whom, why and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from audit.models import LogEntry
from audit.reading.timeline import who, with_owners

#: Entries of a story; of a longer run it says that there are more, and the list has them all.
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Step:
    """What was done in one step; `name` is empty for what names none."""

    name: str
    entries: list[LogEntry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Story:
    """A run, its steps in the order they began in."""

    run_id: str
    entries: Sequence[LogEntry]
    has_more: bool

    @property
    def steps(self) -> list[Step]:
        found: dict[str, Step] = {}
        for entry in self.entries:
            found.setdefault(entry.step_id, Step(entry.step_id)).entries.append(entry)
        return list(found.values())

    @property
    def actors(self) -> list[str]:
        return list(dict.fromkeys(map(who, self.entries)))

    @property
    def began_at(self) -> datetime:
        return self.entries[0].created_at

    @property
    def ended_at(self) -> datetime:
        return self.entries[-1].created_at


def find_story(run_id: str) -> Story | None:
    """Read a run of the organization in scope; None where nothing was done in it."""
    entries = with_owners(LogEntry.objects.filter(run_id=run_id)).order_by("created_at", "id")
    found = list(entries[: LONGEST + 1])
    return Story(run_id, found[:LONGEST], len(found) > LONGEST) if found else None
