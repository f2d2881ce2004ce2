"""A sample of mutants: the same for a seed, spread over the subjects, and hardly another when a file changes elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tools.mutants.mutant import Mutant

#: Mutants that change nothing anybody could notice, and why; those that are known to be noticed, and by what.
EQUIVALENT, KNOWN = (Path(__file__).parent / name for name in ("equivalent.txt", "known.txt"))


def sample(mutants: Iterable[Mutant], *, size: int, seed: int) -> list[Mutant]:
    """Take turns between the subjects, in each of them in an order that the seed and the mutants' names make."""
    waiting: dict[str, list[Mutant]] = {}
    for mutant in sorted(mutants, key=lambda each: _rank(seed, each), reverse=True):
        waiting.setdefault(mutant.subject, []).append(mutant)
    taken: list[Mutant] = []
    while len(taken) < size and any(waiting.values()):
        for left in waiting.values():
            if left and len(taken) < size:
                taken.append(left.pop())
    return taken


def listed(file: Path) -> dict[str, str]:
    """Read names of mutants, with what is said of each: `name words` in a line."""
    lines = (line.partition(" ") for line in file.read_text(encoding="utf-8").splitlines())
    return {name: words for name, _, words in lines if name and not name.startswith("#")}


def _rank(seed: int, mutant: Mutant) -> str:
    return hashlib.sha256(f"{seed} {mutant.name}".encode()).hexdigest()
