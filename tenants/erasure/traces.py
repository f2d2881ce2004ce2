"""Traces: by what a person is found in texts, as one regular expression that PostgreSQL and Python read alike."""

# Note [Where an address ends]
# bob@acme.example stands in jimbob@acme.example, too, and must not be taken out of it. So what is looked for ends where it
# ends for a reader: before it stands no character that an address goes on with, behind it no more of a domain. In JSON a line
# break is written \n, and that n is no part of what follows.

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

#: What stands in the place of what was erased.
ERASED = "[erased]"
_BEFORE = r"(?:(?<![\w.+%-])(?<!\w')|(?<=\\[bfnrt]))"
_AFTER = r"(?![\w-]|\.\w)"
#: Nothing matches it.
_NOTHING = r"(?!\w)\w"


@dataclass(frozen=True, slots=True)
class Traces:
    """By what entries and rows are found that hold something about a person.

    `texts` are theirs alone, wherever they stand: addresses, ids at an identity provider. `names` may be anybody's or
    anything's: they are looked for in reasons, which somebody typed. `own` are the resources whose rows go with a person.
    """

    person_id: UUID
    texts: tuple[str, ...]
    names: tuple[str, ...]
    own: tuple[str, ...]

    @property
    def pattern(self) -> str:
        return pattern_of(self.texts)

    @property
    def name_pattern(self) -> str:
        return pattern_of(self.names)


def pattern_of(texts: Iterable[str]) -> str:
    """Write the expression that finds any of these texts, to be used without regard to case. See Note [Where an address ends]."""
    spelled = {
        each for text in texts for each in (text, json.dumps(text, ensure_ascii=False)[1:-1])
    }  # as JSON has it, too
    found = "|".join(re.escape(text) for text in sorted(spelled) if text)
    return f"{_BEFORE}(?:{found}){_AFTER}" if found else _NOTHING
