"""Messages: what an endpoint is sent of one entry of the trail, and which entry is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db.models import Exists, OuterRef

from audit.entry_json import entry_as_json
from audit.models import Leaf, LogEntry
from tenants.trail.unpublished import Unpublished
from workix.api.json_limits import OPTIONS
from workix.core.models import uuid7


@dataclass(frozen=True, slots=True)
class Message:
    """One delivery. Its id is the same whenever the same entry is sent. `index` is the leaf's; a test has none."""

    id: str
    index: int | None
    body: bytes


def size_of_trail() -> int:
    """Count the entries that have a place: the index of the leaf that comes next."""
    newest = Leaf.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if newest is None else newest + 1


def next_message(position: int) -> Message | None:
    """Return the first message from a position on; None where the trail ends. Of an entry that is gone nothing is sent."""
    there = Leaf.objects.filter(Exists(LogEntry.objects.filter(id=OuterRef("entry_id"))), index__gte=position)
    leaf = there.order_by("index").first()
    entry = None if leaf is None else LogEntry.objects.filter(id=leaf.entry_id).first()
    if leaf is None or entry is None:  # or pruned just now: what comes after it is sent with the next entry
        return None
    return Message(f"msg_{entry.id}", leaf.index, _of_entry(entry, leaf.index))


def is_waiting(position: int) -> bool:
    """Say whether there is a leaf from a position on."""
    return Leaf.objects.filter(index__gte=position).exists()


def test_message(*, now: datetime) -> Message:
    """Write a message that is of no entry."""
    said = {"message": "This is a test. No entry of the trail belongs to it."}
    return Message(f"msg_{uuid7()}", None, _body("webhook.test", now, said))


def checkpoint_message(checkpoint: Unpublished) -> Message:
    """Write what is sent of a signed checkpoint. `data` is a line of a file that keeps checkpoints, as the verifier reads it."""
    said = {
        "organization_id": checkpoint.organization_id,
        "signed_at": checkpoint.signed_at,
        "size": checkpoint.size,
        "checkpoint": checkpoint.note,
    }
    return Message(f"msg_{checkpoint.id}", None, _body("checkpoint.signed", checkpoint.signed_at, said))


def _of_entry(entry: LogEntry, index: int) -> bytes:
    return _body(entry.action, entry.created_at, {"index": index, "entry": entry_as_json(entry)})


def _body(kind: str, moment: datetime, data: dict[str, Any]) -> bytes:
    return orjson.dumps({"type": kind, "timestamp": moment, "data": data}, option=OPTIONS)
