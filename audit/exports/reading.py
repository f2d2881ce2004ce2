"""Keyset pagination over the audit trail: all entries, newest first, a batch at a time."""

# A server-side cursor would hold a transaction, and with it a snapshot and a connection, for as long as a client reads: hours,
# where it reads slowly. Entries only grow and never change, so the place of the last one is all that has to be remembered.

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from audit.models import LogEntry

BATCH = 500


def batches(entries: QuerySet[LogEntry], *, size: int = BATCH) -> Iterator[list[LogEntry]]:
    """Read entries newest first; what is written meanwhile is newer than the first batch, and in none."""
    entries = entries.order_by("-created_at", "-id")
    batch = list(entries[:size])
    while batch:
        yield batch
        if len(batch) < size:
            return
        batch = list(entries.filter(_older_than(batch[-1]))[:size])


def _older_than(last: LogEntry) -> Q:
    """Ask for what comes after an entry. The first condition is what an index on the time begins with."""
    return Q(created_at__lte=last.created_at) & (Q(created_at__lt=last.created_at) | Q(id__lt=last.id))
