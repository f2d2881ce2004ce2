"""Usage at a real browser: the chart of the dashboard and the operators' page. Pictures: var/screenshots."""

from __future__ import annotations

import csv
from pathlib import Path

import psycopg
import pytest

from tests.cast import OTTO, PASSWORD
from tests.chromium import CHROMIUM
from tests.customers import Customer
from tests.e2e.conftest import Visit
from tests.servers import Platform

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed.")]

#: Months that are over: with nothing, with little, up to the limit, and under another one.
USED_BEFORE = """
    INSERT INTO past_usage (id, created_at, updated_at, organization_id, resource, period_starts_on, used, "limit")
    SELECT gen_random_uuid(), now(), now(), organization_id, resource, period_starts_on - ago * interval '1 month',
           past.used, past.of
      FROM quotas, (VALUES (9, 180, 1000), (8, 410, 1000), (6, 3, 1000), (5, 700, 1000), (4, 1000, 1000), (3, 1240, 2500),
                           (2, 1930, 2500), (1, 2500, 2500)) AS past (ago, used, of)
     WHERE resource = 'executions'"""


def test_an_admin_sees_months_and_an_operator_all_organizations(
    platform: Platform, visit: Visit, customer: Customer, password_of_otto: str
) -> None:
    admin, operator = visit(customer.slug), visit()
    admin.log_in(customer.address, PASSWORD)
    admin.go("/admin/quotas/quota/")
    admin.reads("Nothing was used in the last twelve months.")
    admin.photograph("dashboard-quotas-new")
    with psycopg.connect(platform.settings["WORKIX_SETUP_DATABASE_URL"]) as behind:
        behind.execute(USED_BEFORE)
        behind.execute("UPDATE quotas SET used = 420 WHERE resource = 'executions'")
    admin.go("/admin/quotas/quota/")
    admin.reads("Executions by month", "2,500")
    admin.photograph("dashboard-quotas-months")
    admin.page.emulate_media(color_scheme="dark")
    admin.photograph("dashboard-quotas-months-dark")
    assert admin.page.get_by_role("img", name="Executions used by month, and the limit").count() == 1
    operator.log_in(OTTO, password_of_otto)
    operator.go("/admin/quotas/pastusage/")
    operator.reads("nearest to the limit first", "42 %")
    operator.photograph("console-usage")
    with operator.page.expect_download() as download:
        operator.click("Export as CSV", "link")
    lines = list(csv.reader(Path(download.value.path()).read_text(encoding="utf-8").splitlines()))
    assert [customer.slug, customer.slug.title(), "free", "executions", "420"] in [line[1:6] for line in lines[1:]]
