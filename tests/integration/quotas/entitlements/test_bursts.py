"""Bursts: beyond a limit so many units are allowed, and reported once a month; whatever is more is refused, exactly."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from tenants.scope import use_tenant
from tests.acts import at_once, rows, set_limit, used
from tests.browsers import Browser, browser_of
from tests.cast import Api, Cast
from tests.integration.quotas.entitlements.test_overrides import LIMITS, newest, run, take
from tests.integration.quotas.test_declared_resources import declared, rolled_out
from workix.core.resources import LARGEST_INTEGER, STOCK, Resource
from workix.observability import metrics

REPORTED = "SELECT resource_id, changes FROM audit_logs WHERE action = 'quota.limit_exceeded' ORDER BY created_at"
Tick = Callable[[], list[str]]


def balance(api: Api) -> tuple[Any, ...]:
    answer = api.get("quotas/executions/").body
    return tuple(answer[name] for name in ("limit", "burst", "used", "reserved", "remaining", "over_limit"))


def bursts() -> float:
    return metrics.QUOTA_BURSTS.labels("executions")._value.get()


def test_of_thirty_at_once_a_limit_of_twenty_and_a_burst_of_five_let_through_exactly_twenty_five(
    acme: Cast, alice: Api
) -> None:
    run("executions", "20", "--burst", "5")
    before = bursts()
    assert sorted(at_once(lambda _: take(alice, 1), 30)) == ["quota_exceeded"] * 5 + ["taken"] * 25
    assert (balance(alice), bursts() - before) == ((20, 5, 25, 0, 0, True), 5)
    refused = alice.post("quotas/executions/consumptions/").body
    assert (refused["limit"], refused["burst"], refused["used"]) == (20, 5, 25)
    assert refused["detail"] == "The limit of 20 executions is reached, and so are the 5 allowed beyond it."


def test_a_burst_is_reported_once_a_month_though_it_was_given_back_before_anybody_looked(
    acme: Cast, globex: Cast, alice: Api, tick: Tick
) -> None:
    rows("UPDATE quotas SET burst = 100 WHERE resource = 'executions'")
    taken = alice.post("quotas/executions/consumptions/", {"amount": 1_001}).body
    assert taken["over_limit"]
    alice.post("quotas/executions/releases/", {"consumption": taken["id"]})
    assert tick() == ["The limit of executions was exceeded"]
    assert "Up to 100 beyond it are allowed, and reported" in str(mail.outbox[0].body)
    take(alice, 1_100)
    told = ("executions", {"taken": 0, "limit": 1_000, "burst": 100})
    assert (tick(), rows(REPORTED, acme), rows(REPORTED, globex)) == ([], [told], [])
    rows("UPDATE quotas SET exceeded_on = exceeded_on - interval '1 month', warned_on = warned_on - interval '1 month'")
    rows("UPDATE quotas SET period_starts_on = period_starts_on - interval '1 month' WHERE period = 'month'")
    assert (tick(), take(alice, 1), tick()) == ([], "taken", [])
    take(alice, 1_050)
    assert (tick(), len(rows(REPORTED, acme))) == (["The limit of executions was exceeded"], 2)


def test_who_has_no_burst_is_refused_at_the_limit_and_nothing_is_reported(acme: Cast, alice: Api, tick: Tick) -> None:
    assert (take(alice, 1_000), take(alice, 1)) == ("taken", "quota_exceeded")
    set_limit(acme, "executions", 500)
    assert balance(alice) == (500, 0, 1_000, 0, 0, True)
    assert (tick(), rows(REPORTED, acme)) == (["The limit of executions is reached"], [])


def test_a_reservation_into_a_burst_is_committed_and_one_beyond_it_refused(acme: Cast, alice: Api) -> None:
    run("executions", "20", "--burst", "5")
    assert alice.post("quotas/executions/reservations/", {"amount": 26}).body["code"] == "quota_exceeded"
    held = alice.post("quotas/executions/reservations/", {"amount": 24}).body
    assert (held["over_limit"], take(alice, 2), take(alice, 1)) == (True, "quota_exceeded", "taken")
    done = alice.post(f"quotas/reservations/{held['id']}/commit/", {"amount": 22}).body
    assert (done["used"], done["reserved"], done["over_limit"]) == (23, 0, True)
    assert (take(alice, 3), take(alice, 2)) == ("quota_exceeded", "taken")


def test_rows_that_are_counted_go_by_the_burst_too(acme: Cast, alice: Api, tick: Tick) -> None:
    run("users", "3", "--burst", "1")

    def add(name: str) -> int:
        person = {"email": f"{name}@acme.example", "password": "correct horse battery staple"}
        return alice.post("users/", person).status

    assert sorted(at_once(lambda number: add(f"carol{number}"), 3)) == [201, 403, 403]
    assert (used(acme, "users"), tick()[1:]) == (4, ["The limit of people was exceeded"])
    assert rows(REPORTED, acme) == [("users", {"taken": 4, "limit": 3, "burst": 1})]


def test_a_limit_and_burst_that_are_lowered_take_nothing_away_and_the_plans_count_again(acme: Cast, alice: Api) -> None:
    assert run("executions", "20", "--burst", "5") == ["Acme may use 20 executions and 5 beyond."]
    assert newest(acme)[:3] == ("quota.limit_changed", "executions", {"limit": [1_000, 20], "burst": [0, 5]})
    take(alice, 25)
    assert run("executions", "18", "--burst", "7") == ["Acme may use 18 executions and 7 beyond."]
    assert run("executions", "18", "--burst", "6") == [
        "Acme may use 18 executions and 6 beyond.",
        "It has 25 executions: nothing is taken away, and there is nothing more until it has less than 24.",
    ]
    assert (balance(alice), take(alice, 1)) == ((18, 6, 25, 0, 0, True), "quota_exceeded")
    rows("UPDATE quotas SET override_until = now() WHERE override IS NOT NULL")
    assert balance(alice) == (1_000, 0, 25, 0, 975, False)


def test_no_limit_and_no_burst_are_more_than_a_counter_holds(acme: Cast, alice: Api) -> None:
    run("executions", str(LARGEST_INTEGER), "--burst", str(LARGEST_INTEGER))
    rows("UPDATE quotas SET used = %(used)s WHERE resource = 'executions'", used=LARGEST_INTEGER - 1)
    assert (take(alice, 2), take(alice, 1), take(alice, 1)) == ("quota_exceeded", "taken", "quota_exceeded")
    assert balance(alice) == (LARGEST_INTEGER, 0, LARGEST_INTEGER, 0, 0, False)
    with pytest.raises(CommandError, match="use a whole number from 0"):
        run("executions", "1", "--burst", str(LARGEST_INTEGER + 1))


def test_a_plan_gives_a_part_of_its_limit_as_burst_when_it_is_rolled_out_or_set(acme: Cast, globex: Cast) -> None:
    bursts_of = "SELECT \"limit\", burst FROM quotas WHERE resource = 'connectors' ORDER BY burst"
    with declared(Resource("connectors", STOCK, {"free": 30, "pro": 300}, burst={"pro": 10})):
        rolled_out()
        assert rows(bursts_of) == [(30, 0), (30, 0)]
        call_command("set_plan", "acme", "pro", "--reason", "x", stdout=io.StringIO())
        assert rows(bursts_of) == [(30, 0), (300, 30)]
    with declared(Resource("connectors", STOCK, {"free": 30, "pro": 300}, burst={"free": 50})):
        rolled_out()
        assert rows(bursts_of) == [(300, 0), (30, 15)]


def test_pages_of_the_organization_and_of_operators_show_it(acme: Cast, alice: Api, otto: Browser) -> None:
    find = "SELECT id FROM quotas WHERE resource = 'executions' AND organization_id = %(id)s"
    ((executions,),) = rows(find, id=acme.organization.id)
    form = {"override": "20", "override_burst": "5", "override_until": "", "reason": "Launch"}
    assert otto.post(f"{LIMITS}{executions}/change/", **form).status == 302
    assert "20 and 5 beyond" in otto.get(LIMITS).words
    for burst, problem in (
        ("-1", "greater than or equal to 0"),
        ("9" * 30, "The burst is a number from 0 to 2,147,483,647."),
    ):
        assert problem in otto.post(f"{LIMITS}{executions}/change/", **form | {"override_burst": burst}).words
    take(alice, 23)
    page = browser_of(acme, "vera").get("/admin/quotas/quota/")
    assert "3 over the limit, up to 5 beyond the limit allowed" in page.words
    assert ("bar full over" in page.text, "Months with more than the limit: 1." in page.text) == (True, True)
    assert "115 % (over)" in otto.get("/admin/quotas/pastusage/").words


def test_the_release_before_reads_the_limit_and_writes_an_override_without_a_burst(acme: Cast, alice: Api) -> None:
    rows("UPDATE quotas SET burst = 100, override = 20 WHERE resource = 'executions'")
    assert (take(alice, 21), take(alice, 20), balance(alice)[:2]) == ("quota_exceeded", "taken", (20, 0))
    with use_tenant(acme.organization), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM public.my_quotas() WHERE resource = 'executions'")
        assert [row[:5] for row in cursor.fetchall()] == [("executions", 20, 20, 0, "month")]
