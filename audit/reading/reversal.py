"""Reversal (undo) of a change in the audit trail: what it takes to put a thing back, and what newer stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from audit.models import LogEntry
from audit.registry import REDACTED, model_of
from workix.core.errors import Conflict

CREATED, UPDATED = "created", "updated"


class NotReversible(Conflict):
    """Events, deletions, secrets, and what the resource itself lets nobody change."""

    code = "not_reversible"
    detail = "This can't be put back."


class ChangedSince(Conflict):
    """Something newer stands in the way; `entry` is the newest that does."""

    code = "changed_since"
    detail = "It was changed since. Reverse that first."
    extensions: ClassVar[dict[str, dict[str, object]]] = {
        "entry": {
            "type": "string",
            "format": "uuid",
            "description": "The entry of the newest change that stands in the way.",
        }
    }


@dataclass(frozen=True, slots=True)
class Reversal:
    """What undoes an entry: the columns to write, with what they held before; none, where the thing is to be removed."""

    entry: LogEntry
    model: Any
    values: dict[str, Any]

    @property
    def removes(self) -> bool:
        return not self.values


def plan(entry: LogEntry) -> Reversal:
    """Say what undoes an entry.

    :raises NotReversible: when nothing does.
    :raises ChangedSince: when something newer stands in the way.
    """
    verb, model = entry.action.rpartition(".")[2], model_of(entry.resource_type)
    if model is None or entry.source != "trigger" or verb not in (CREATED, UPDATED) or not entry.changes:
        raise NotReversible("Only what was added or changed can be put back, and no event or deletion.")
    if verb == UPDATED and any(REDACTED in pair for pair in entry.changes.values()):
        raise NotReversible("A secret was changed, and the trail does not know what it was.")
    require_nothing_newer(entry, besides=0)
    return Reversal(
        entry, model, {name: before for name, (before, _) in entry.changes.items()} if verb == UPDATED else {}
    )


def require_nothing_newer(entry: LogEntry, *, besides: int) -> LogEntry | None:
    """Return the newest change of the same thing that an entry is about, of which there are no more than so many.

    :raises ChangedSince: when there are more.
    """
    newer = LogEntry.objects.filter(
        resource_type=entry.resource_type,
        resource_id=entry.resource_id,
        source="trigger",
        created_at__gt=entry.created_at,
    )
    if entry.action.endswith(UPDATED):
        newer = newer.filter(changes__has_any_keys=list(entry.changes))
    found = list(newer.order_by("-created_at", "-id")[: besides + 1])
    if len(found) > besides:
        raise ChangedSince(entry=str(found[besides].id))
    return found[0] if found else None
