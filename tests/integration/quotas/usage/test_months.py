"""Usage by month: the chart and the table of the dashboard, and the history of the API, from one counter and past rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from quotas.usage.months import Month, months_before, usage_by_month
from tenants.scope import use_tenant
from tests.acts import rows, statements_of
from tests.browsers import browser_of
from tests.cast import Api, Cast
from workix.core.models import uuid7

QUOTAS = "/admin/quotas/quota/"


def month(ago: int) -> date:
    return months_before(datetime.now(UTC).date(), ago)


def used_before(cast: Cast, ago: int, used: int, *, limit: int = 1_000) -> None:
    """Have executions used in a month that is over."""
    rows(
        'INSERT INTO past_usage (id, created_at, updated_at, organization_id, resource, period_starts_on, "limit", used) '
        "VALUES (%(id)s, now(), now(), %(whose)s, 'executions', %(month)s, %(limit)s, %(used)s)",
        id=uuid7(),
        whose=cast.organization.id,
        month=month(ago),
        limit=limit,
        used=used,
    )


def counter(cast: Cast, ago: int, used: int) -> None:
    """Have the counter of executions moved last in the month `ago` months before this one."""
    change = "UPDATE quotas SET used = %(used)s, period_starts_on = %(month)s"
    where = "organization_id = %(id)s AND resource = 'executions'"
    rows(f"{change} WHERE {where}", used=used, month=month(ago), id=cast.organization.id)


def executions(cast: Cast) -> list[Month]:
    with use_tenant(cast.organization):
        ((resource, months),) = usage_by_month(today=datetime.now(UTC).date())
    assert resource.name == "executions"
    return months


def test_months_begin_with_the_first_that_is_known_and_have_no_gap(acme: Cast, globex: Cast) -> None:
    used_before(acme, 4, 7, limit=10)
    used_before(acme, 12, 900)
    used_before(globex, 5, 800)
    counter(acme, 2, 30)
    assert executions(acme) == [
        Month(month(4), 7, 10),
        Month(month(3), 0, 10),
        Month(month(2), 30, 1_000),
        Month(month(1), 0, 1_000),
        Month(month(0), 0, 1_000),
    ]
    counter(acme, 0, 4)
    assert executions(acme)[-1] == Month(month(0), 4, 1_000)


def test_a_counter_nobody_moved_for_years_tells_the_limit_alone(acme: Cast) -> None:
    counter(acme, 40, 30)
    assert executions(acme) == [Month(month(ago), 0, 1_000) for ago in range(11, -1, -1)]


def test_the_month_that_is_over_is_in_the_history_before_anybody_begins_a_new_one(acme: Cast, alice: Api) -> None:
    counter(acme, 1, 900)
    expected: list[dict[str, Any]] = [{"period_starts_on": month(1).isoformat(), "limit": 1_000, "used": 900}]
    assert alice.get("quotas/executions/history/").body["results"] == expected
    alice.post("quotas/executions/consumptions/", {"amount": 1})
    assert alice.get("quotas/executions/history/").body["results"] == expected
    assert alice.get("quotas/pipelines/history/").body["results"] == []


@pytest.mark.parametrize("name", ["alice", "vera"])
def test_the_dashboard_shows_a_chart_and_a_table_to_whoever_reads_quotas(acme: Cast, name: str) -> None:
    used_before(acme, 1, 1_000)
    counter(acme, 0, 950)
    page = browser_of(acme, name).get(QUOTAS)
    assert (page.status, page.text.count("<rect"), page.text.count('class="bar full"')) == (200, 2, 1)
    last, this = f"{month(1):%b %Y}", f"{month(0):%b %Y}"
    assert f"Month Used Limit Share {this} 950 1,000 95 % {last} 1,000 1,000 100 %" in page.words
    assert f"Most was used: 1,000 of 1,000 in {month(1):%B %Y}." in page.words


def test_where_nothing_was_used_the_dashboard_says_so_and_all_is_one_statement(acme: Cast, globex: Cast) -> None:
    used_before(globex, 1, 77)
    alice = browser_of(acme, "alice")
    page = alice.get(QUOTAS)
    assert ("Nothing was used in the last twelve months." in page.words, "<rect" in page.text) == (True, False)
    used_before(acme, 1, 5)
    asked = statements_of(lambda: alice.get(QUOTAS))
    assert sum("my_usage_since" in each for each in asked) == 1
