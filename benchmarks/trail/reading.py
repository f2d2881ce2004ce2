"""Reading a long audit trail: time in the database of pages, filters and searches, and memory of an export."""

# `python -m benchmarks.trail.reading --entries 1000000`

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.table import Table

from benchmarks.figures import CONSOLE
from benchmarks.trail.organization import as_superuser, organization_of_its_own, write_entries

ROUNDS = 5


def main() -> None:
    options = _options()
    with organization_of_its_own() as (cluster, organization):
        began = time.perf_counter()
        write_entries(cluster, organization, options.entries, noted=False)
        as_superuser(cluster, organization, "VACUUM ANALYZE audit_logs")
        CONSOLE.print(f"{options.entries:,} entries written in {time.perf_counter() - began:.0f} s")
        table = Table(title="Milliseconds in the database, median and most of five")
        for column in ("list", "median", "most", "entries"):
            table.add_column(column, justify="left" if column == "list" else "right")
        for name, median, most, found in _measured(organization, options.entries):
            table.add_row(name, f"{median:.1f}", f"{most:.1f}", str(found))
        CONSOLE.print(table)
        CONSOLE.print(_exported(organization, options.exported))


def _measured(organization: Any, entries: int) -> Iterator[tuple[str, float, float, int]]:
    """Ask for pages as the view does, each a few times."""
    from audit.admin import NewestPages  # noqa: PLC0415  # after django.setup()
    from audit.api.filters import LogEntryFilter  # noqa: PLC0415
    from audit.models import LogEntry  # noqa: PLC0415

    newest = _newest(organization)
    middle = newest.created_at - (newest.created_at - _oldest(organization).created_at) / 2
    asked = {
        "first page": {},
        "from the middle on": {"to": middle.isoformat()},
        "one action": {"action": "pipeline.updated"},
        "no such action": {"action": "nothing.done"},
        "one person": {"actor": str(newest.actor_id)},
        "one thing": {"resource_type": newest.resource_type, "resource_id": newest.resource_id},
        "one request": {"request_id": newest.request_id},
        "a day of one kind": {"resource_type": "session", "to": middle.isoformat()},
        "search: one value": {"search": str(entries // 2)},
        "search: two words": {"search": "person7 ticket"},
        "search: a word of every 1,000th": {"search": "Ada17"},
        "search: a person's address": {"search": newest.actor_label},
        "search: a word of every entry": {"search": "acme"},
        "search: no such word": {"search": "nowhere"},
    }
    for name, given in asked.items():

        def page(given: dict[str, str] = given) -> int:
            chosen = LogEntryFilter(given, queryset=LogEntry.objects.all()).qs
            return len(list(chosen.order_by("-created_at", "-id")[:51]))

        yield _timed(organization, name, page)
    yield _timed(organization, "dashboard: how many pages", lambda: NewestPages(LogEntry.objects.all(), 50).count)


def _timed(organization: Any, name: str, ask: Any) -> tuple[str, float, float, int]:
    from tenants.scope import use_tenant  # noqa: PLC0415

    taken, found = [], 0
    with use_tenant(organization):
        for _ in range(ROUNDS):
            with _database_time() as spent:
                found = ask()
            taken.append(sum(spent) * 1_000)
    return name, statistics.median(taken), max(taken), found


@contextmanager
def _database_time() -> Iterator[list[float]]:
    """Note the seconds of each statement, as they pass on this side of the connection."""
    from django.db import connection  # noqa: PLC0415

    spent: list[float] = []

    def clock(execute: Any, *arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            spent.append(time.perf_counter() - began)

    with connection.execute_wrapper(clock):
        yield spent


def _exported(organization: Any, entries: int) -> str:
    """Write so many entries as an export does; say what memory the second half took beyond the first."""
    from audit.exports.reading import BATCH, batches  # noqa: PLC0415
    from audit.exports.writing import FORMATS  # noqa: PLC0415
    from audit.models import LogEntry  # noqa: PLC0415
    from tenants.scope import use_tenant  # noqa: PLC0415

    written, peaks, began = 0, list[int](), time.perf_counter()
    with use_tenant(organization):
        for number, batch in enumerate(batches(LogEntry.objects.all()), start=1):
            written += len(FORMATS["csv"][1](batch))
            if number * BATCH in (entries // 10, entries):
                peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
            if number * BATCH >= entries:
                break
    more = (peaks[-1] - peaks[0]) / 1024
    took = time.perf_counter() - began
    return (
        f"{entries:,} entries exported: {written / 1e6:.0f} MB in {took:.0f} s; {more:.1f} MiB more than after a tenth"
    )


def _newest(organization: Any) -> Any:
    return _one(organization, "-created_at")


def _oldest(organization: Any) -> Any:
    return _one(organization, "created_at")


def _one(organization: Any, order: str) -> Any:
    from audit.models import LogEntry  # noqa: PLC0415
    from tenants.scope import use_tenant  # noqa: PLC0415

    with use_tenant(organization):
        return LogEntry.objects.filter(actor_type="person").order_by(order)[0]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.trail.reading", description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--exported", type=int, default=50_000, help="a multiple of 5,000")
    return parser.parse_args()


if __name__ == "__main__":
    main()
