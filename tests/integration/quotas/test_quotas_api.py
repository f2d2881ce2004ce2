"""GET /quotas/ and GET /quotas/{resource}/, and the counters behind them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DataError, ProgrammingError, connection, transaction
from django.utils import timezone

from quotas.consumption import QuotaExceeded, consume
from quotas.limits import balance_of
from quotas.resources import EXECUTIONS, PIPELINES
from tenants.scope import use_platform, use_tenant
from tests.acts import at_once, rows, statements_of
from tests.cast import Api, Cast
from workix.core.current import NoOrganizationInScope
from workix.core.errors import NotFound

LAST_MONTH = "date_trunc('month', now() AT TIME ZONE 'UTC') - interval '1 month'"


def first_of_next_month() -> str:
    now = timezone.now()
    year, month = divmod(now.year * 12 + now.month, 12)
    return datetime(year, month + 1, 1, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def quota(resource: str, limit: int, used: int, period: str = "none", resets_at: str | None = None) -> dict[str, Any]:
    return {
        "resource": resource,
        "limit": limit,
        "burst": 0,
        "used": used,
        "reserved": 0,
        "remaining": limit - used,
        "over_limit": False,
        "period": period,
        "resets_at": resets_at,
    }


def set_quota(cast: Cast, resource: str, change: str) -> None:
    rows(
        f"UPDATE quotas SET {change} WHERE organization_id = %(id)s AND resource = %(resource)s",
        id=cast.organization.id,
        resource=resource,
    )


def used(cast: Cast, resource: str) -> int:
    with use_tenant(cast.organization):
        return balance_of(resource).used


@pytest.mark.requirement("S8")
def test_everybody_sees_what_the_organization_may_use(alice: Api, bob: Api, vera: Api) -> None:
    expected = {
        "count": 3,
        "next": None,
        "previous": None,
        "results": [
            quota("executions", 1_000, 0, "month", first_of_next_month()),
            quota("pipelines", 10, 0),
            quota("users", 5, 3),
        ],
    }
    assert [(each.get("quotas/").status, each.get("quotas/").body) for each in (alice, bob, vera)] == [
        (200, expected)
    ] * 3


def test_one_quota_can_be_read_alone(alice: Api) -> None:
    assert alice.get("quotas/users/").body == quota("users", 5, 3)


@pytest.mark.parametrize("resource", ["nothing", "Users", "users%20", "' OR 1=1"])
def test_what_is_not_counted_is_not_there(alice: Api, resource: str) -> None:
    answer = alice.get(f"quotas/{resource}/")
    assert (answer.status, answer.body["code"]) == (404, "not_found")


@pytest.mark.requirement("S134")
def test_a_stranger_sees_no_quota(anonymous: Api) -> None:
    assert [anonymous.get(path).status for path in ("quotas/", "quotas/users/")] == [401, 401]


@pytest.mark.requirement("S133")
def test_each_organization_sees_its_own(acme: Cast, alice: Api, gina: Api) -> None:
    set_quota(acme, "pipelines", "used = 7")
    assert [each.get("quotas/pipelines/").body["used"] for each in (alice, gina)] == [7, 0]


@pytest.mark.requirement("S124")
def test_all_quotas_are_two_queries(alice: Api) -> None:
    alice.get("quotas/")
    assert len(statements_of(lambda: alice.get("quotas/"))) == 2


def test_who_asks_for_more_than_is_left_gets_nothing(acme: Cast) -> None:
    with use_tenant(acme.organization):
        consume(EXECUTIONS, 990)
        with pytest.raises(QuotaExceeded) as caught:
            consume(EXECUTIONS, 11)
        assert caught.value.extra == {
            "resource": "executions",
            "limit": 1_000,
            "burst": 0,
            "used": 990,
            "resets_at": first_of_next_month().replace(".000000", ""),
        }
        assert caught.value.detail == "The limit of 1000 executions is reached."
        consume(EXECUTIONS, 10)
    assert used(acme, EXECUTIONS) == 1_000


def test_what_is_reserved_is_not_left(acme: Cast) -> None:
    set_quota(acme, "pipelines", "used = 3, reserved = 6")
    with use_tenant(acme.organization):
        assert balance_of("pipelines").remaining == 1
        with pytest.raises(QuotaExceeded):
            consume(PIPELINES, 2)


def test_what_is_taken_in_an_act_that_fails_is_there_again(acme: Cast) -> None:
    with use_tenant(acme.organization):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            consume(PIPELINES, 4)
            raise ZeroDivisionError
        assert balance_of("pipelines").used == 0


@pytest.mark.parametrize("amount", [0, -1, -(2**31)])
def test_nobody_takes_less_than_one(acme: Cast, amount: int) -> None:
    with use_tenant(acme.organization), pytest.raises(DataError):
        consume(PIPELINES, amount)
    assert used(acme, PIPELINES) == 0


def test_the_largest_amount_is_refused_and_not_an_error(acme: Cast) -> None:
    with use_tenant(acme.organization), pytest.raises(QuotaExceeded):
        consume(PIPELINES, 2**31 - 1)


def test_a_quota_that_is_not_counted_is_not_found(acme: Cast) -> None:
    with use_tenant(acme.organization), pytest.raises(NotFound):
        balance_of("nothing")


@pytest.mark.requirement("S34")
def test_the_platform_itself_has_no_quota_to_take(database: None) -> None:
    with use_platform(), pytest.raises(NoOrganizationInScope):
        consume(PIPELINES)
    with use_platform(), connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute("SELECT public.consume_quota('{}', '')")


@pytest.mark.requirement("S131")
def test_of_32_who_take_at_once_exactly_as_many_succeed_as_there_are_units(acme: Cast) -> None:
    set_quota(acme, "executions", '"limit" = 20')

    def take(_: int) -> bool:
        with use_tenant(acme.organization):
            try:
                consume(EXECUTIONS)
            except QuotaExceeded:
                return False
            return True

    assert sorted(at_once(take, 32)) == [False] * 12 + [True] * 20
    assert used(acme, EXECUTIONS) == 20


def test_in_a_new_month_the_counter_reads_as_empty_before_anybody_moves_it(acme: Cast, alice: Api) -> None:
    set_quota(acme, "executions", f"used = 900, reserved = 50, period_starts_on = {LAST_MONTH}")
    assert alice.get("quotas/executions/").body == quota("executions", 1_000, 0, "month", first_of_next_month())


@pytest.mark.requirement("S131")
def test_a_new_month_starts_from_nothing_and_keeps_what_was_used_before(acme: Cast, globex: Cast) -> None:
    set_quota(acme, "executions", f"used = 900, reserved = 50, period_starts_on = {LAST_MONTH}")

    def take(_: int) -> None:
        with use_tenant(acme.organization):
            consume(EXECUTIONS, 10)

    at_once(take, 8)
    assert used(acme, EXECUTIONS) == 80
    kept = rows(
        f'SELECT organization_id, resource, "limit", used, period_starts_on = ({LAST_MONTH})::date FROM past_usage'
    )
    assert kept == [(acme.organization.id, "executions", 1_000, 900, True)]


def test_what_counts_what_is_there_knows_no_month(acme: Cast) -> None:
    set_quota(acme, "pipelines", f"used = 4, period_starts_on = {LAST_MONTH}")
    with use_tenant(acme.organization):
        consume(PIPELINES)
    assert used(acme, PIPELINES) == 5
    assert rows("SELECT 1 FROM past_usage") == []
