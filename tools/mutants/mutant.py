"""A mutant: one change to one file, named by what it changes, so that its name outlives changes elsewhere in the file."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes of a source that become others; `within` is the function they are in."""

    start: int
    end: int
    replacement: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Mutant:
    """`name` is the same as long as what is changed is written as it is, wherever in its function it stands."""

    name: str
    subject: str
    path: str
    line: int
    edit: Edit
    original: str

    def applied(self, source: bytes) -> bytes:
        return source[: self.edit.start] + self.edit.replacement.encode() + source[self.edit.end :]

    def __str__(self) -> str:
        before, after = (" ".join(text.split())[:90] for text in (self.original, self.edit.replacement))
        return f"{self.name} {self.path}:{self.line} {self.edit.within}: {before!r} -> {after!r}"


def named(subject: str, path: str, source: bytes, edits: Iterable[Edit]) -> list[Mutant]:
    """Make mutants of edits; of those that read the same, the second has another name than the first."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for edit in sorted(set(edits), key=lambda each: (each.start, each.end, each.replacement)):
        original = source[edit.start : edit.end].decode()
        seen[edit.within, original, edit.replacement] += 1
        parts = (path, edit.within, original, edit.replacement, str(seen[edit.within, original, edit.replacement]))
        name = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]
        found.append(Mutant(name, subject, path, source.count(b"\n", 0, edit.start) + 1, edit, original))
    return found
