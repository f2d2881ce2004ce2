"""Heavy use at real processes: counted, written by one that ends, and shown at a real browser. Pictures: var/screenshots."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import expect

from tests.cast import OTTO
from tests.chromium import CHROMIUM
from tests.customers import Customer
from tests.e2e.conftest import Visit
from tests.servers import Platform, wait_for

pytestmark = pytest.mark.slow

_WRITTEN = "SELECT sum(requests) FROM heavy_use JOIN organizations AS o ON o.id = organization_id WHERE slug = %s"
_MUCH = """
    INSERT INTO heavy_use (id, organization_id, hour, requests, refused, throttled, failed, jobs, database_microseconds,
                           storage_bytes)
    SELECT gen_random_uuid(), id, date_trunc('hour', now(), 'UTC') - interval '1 hour' * ago, 48210 / ago, 311, 12, 3, 870,
           91827364, 73400320
      FROM organizations, generate_series(1, 3) AS ago WHERE slug = %s"""


def written(platform: Platform, slug: str) -> int:
    with psycopg.connect(platform.settings["WORKIX_SETUP_DATABASE_URL"]) as behind:
        ((requests,),) = behind.execute(_WRITTEN, [slug]).fetchall()
    return int(requests or 0)


def test_a_process_writes_every_few_seconds_and_when_it_ends(
    platform: Platform, customer: Customer, numbers: Iterator[int], tmp_path: Path
) -> None:
    assert wait_for(lambda: written(platform, customer.slug) or None)
    another, stranger = Platform.at(platform.settings, tmp_path), Customer(platform, f"hooli{next(numbers)}")
    assert stranger.open().status == 201, "which is no request of theirs"
    with another.serving():
        for _ in range(3):
            assert another.call("GET", "/api/v1/me/", host=f"{stranger.slug}.localhost").status == 401
    assert written(platform, stranger.slug) == 3


@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed.")
def test_an_operator_sees_who_is_heavy(
    platform: Platform, visit: Visit, customer: Customer, password_of_otto: str
) -> None:
    with psycopg.connect(platform.settings["WORKIX_SETUP_DATABASE_URL"]) as behind:
        behind.execute(_MUCH, [customer.slug])
    operator = visit()
    operator.log_in(OTTO, password_of_otto)
    operator.go("/admin/quotas/heavyuse/")
    operator.reads("Heavy use", customer.slug.title())
    operator.photograph("console-heavy-use")
    operator.click("Last day", "link")
    operator.page.get_by_role("navigation", name="Sorted by").get_by_text("Database time").click()
    header = operator.page.get_by_role("columnheader", name="Database time")
    expect(header).to_have_attribute("aria-sort", "descending")
    operator.page.emulate_media(color_scheme="dark")
    operator.photograph("console-heavy-use-database-dark")
