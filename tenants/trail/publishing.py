"""Publishes checkpoints elsewhere (WORKIX_CHECKPOINT_LOG): who can rewrite the database can't rewrite what left it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from tenants.trail.sequencing import Batch


def publish(batch: Batch, *, now: datetime) -> None:
    """Append a checkpoint to the file, where one is set: one line of JSON in one write, on the disk before this returns."""
    log: Path | None = settings.WORKIX.checkpoint_log
    if log is None or not batch.note:
        return
    line = {
        "organization_id": str(batch.organization_id),
        "published_at": now.isoformat(),
        "checkpoint": batch.note,
    }
    file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(file, json.dumps(line).encode() + b"\n")
        os.fsync(file)
    finally:
        os.close(file)


def published(origin: str, log: Path | None) -> Iterator[str]:
    """Read the checkpoints of one trail that were published, in their order."""
    if log is None or not log.exists():
        return
    with log.open(encoding="utf-8") as lines:
        notes = (json.loads(line)["checkpoint"] for line in lines)
        yield from (note for note in notes if note.startswith(f"{origin}\n"))
