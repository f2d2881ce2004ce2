"""An audit trail of 100,000 entries: a page and a filtered page read a page, and an export keeps one batch in memory."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator

import pytest
from django.db.models import QuerySet

from audit.api.filters import LogEntryFilter
from audit.exports.reading import batches
from audit.exports.writing import FORMATS
from audit.models import LogEntry
from benchmarks.trail.organization import ENTRIES
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Cast

pytestmark = [pytest.mark.drill]

LONG = 100_000
#: Blocks of 8 KiB that a page may read. An entry may be in one of its own, and the whole trail is some ten thousand.
MOST_BLOCKS = 700


@pytest.fixture
def trail(acme: Cast) -> Iterator[Cast]:
    """Let Acme have a long trail, written past all triggers."""
    rows("ALTER TABLE audit_logs DISABLE TRIGGER USER", acme)
    rows(ENTRIES, acme, organization=acme.organization.id, first=1, last=LONG, of=LONG)
    rows("ALTER TABLE audit_logs ENABLE TRIGGER USER", acme)
    rows("VACUUM ANALYZE audit_logs", acme)
    yield acme
    rows("TRUNCATE audit_logs", acme)


def page_of(given: dict[str, str]) -> QuerySet[LogEntry]:
    chosen: QuerySet[LogEntry] = LogEntryFilter(given, queryset=LogEntry.objects.all()).qs
    return chosen.order_by("-created_at", "-id")[:51]


def blocks_of(page: QuerySet[LogEntry]) -> int:
    (plan,) = json.loads(page.explain(format="json", analyze=True, buffers=True))
    return int(plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"])


def test_a_page_reads_a_page_whatever_it_is_filtered_by(trail: Cast) -> None:
    with use_tenant(trail.organization):
        read = {str(given): blocks_of(page_of(given)) for given in _asked()}
        everything = blocks_of(LogEntry.objects.order_by("user_agent", "id")[:51])
    assert {given: blocks for given, blocks in read.items() if blocks > MOST_BLOCKS} == {}
    assert everything > 5 * MOST_BLOCKS, "what reads all of it is noticed"


def _asked() -> tuple[dict[str, str], ...]:
    people = LogEntry.objects.filter(actor_type="person").order_by("-created_at", "-id")
    newest, middle = people[0], people[LONG // 2].created_at.isoformat()
    return (
        {},
        {"to": middle},
        {"action": "pipeline.updated"},
        {"action": "nothing.done"},
        {"actor": str(newest.actor_id)},
        {"resource_type": newest.resource_type, "resource_id": newest.resource_id},
        {"request_id": newest.request_id},
        {"resource_type": "session", "to": middle},
        {"search": str(LONG // 2)},
        {"search": newest.actor_label},
        {"search": "nowhere"},
    )


def test_an_export_of_all_of_it_keeps_no_more_in_memory_than_of_a_tenth(trail: Cast) -> None:
    exported, peaks = 0, list[int]()
    tracemalloc.start()
    with use_tenant(trail.organization):
        for batch in batches(LogEntry.objects.all()):
            exported += len(batch)
            FORMATS["csv"][1](batch)
            if exported in (LONG // 10, LONG):
                peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    assert exported > LONG
    assert peaks[1] < 1.2 * peaks[0]
