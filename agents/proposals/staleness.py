"""ProposalStale: the refusal of an approval whose act would not do any more what was predicted; AsPredicted watches the act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from agents.proposals.prediction import Change, differences
from workix.core.errors import Conflict


class ProposalStale(Conflict):
    """`changed` says what is otherwise: what an act would change, with what was predicted, or what was done since to a thing."""

    code = "proposal_stale"
    detail = "It would not do any more what was predicted. The agent can propose it anew."
    extensions: ClassVar[dict[str, dict[str, object]]] = {
        "changed": {"type": "array", "items": {"type": "object", "additionalProperties": True}}
    }

    def __init__(self, detail: str = "", *, changed: Sequence[dict[str, Any]] = ()) -> None:
        super().__init__(detail, changed=list(changed))


@dataclass
class AsPredicted:
    """A commit check: lets pass what two dry runs said just before, entry by entry, and nothing else.

    Entries that no change of a row wrote (that something was refused) may come besides. See Note [Out of date].
    """

    now: Sequence[Change]
    again: Sequence[Change]
    changed: list[dict[str, Any]] = field(default_factory=list)
    _done: int = 0

    def __call__(self, entries: Sequence[Change]) -> None:
        for entry in entries:
            left = slice(self._done, self._done + 1)
            changed = differences([entry], self.now[left], self.again[left])
            if not changed:
                self._done += 1
            elif entry["source"] == "trigger":
                self.changed = [{**each, "before": each["now"], "now": each["before"]} for each in changed]
                raise ProposalStale(changed=self.changed)
