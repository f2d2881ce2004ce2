"""Overrides of limits: manage.py set_limit and the console, until when they count, and what they leave alone."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from quotas.entitlements.overrides import LONGEST
from tests.acts import rows, statements_of
from tests.browsers import Browser, browser_of
from tests.cast import OTTO, Api, Cast, hire_otto

WHY = ("--reason", "Their launch")
LIMITS = "/admin/quotas/quota/"
TOMORROW = (timezone.now() + timedelta(days=1)).isoformat()


def run(*arguments: str) -> list[str]:
    said = io.StringIO()
    call_command("set_limit", "acme", *arguments, *WHY, stdout=said)
    return said.getvalue().splitlines()


def take(api: Api, amount: int) -> str:
    answer = api.post("quotas/executions/consumptions/", {"amount": amount})
    return "taken" if answer.status == 201 else str(answer.body["code"])


def end_it() -> None:
    """Let the moment at which an override ends come."""
    rows("UPDATE quotas SET override_until = now() WHERE override_until IS NOT NULL")


def newest(cast: Cast) -> tuple[Any, ...]:
    columns = "action, resource_id, changes, reason, actor_type"
    return rows(f"SELECT {columns} FROM audit_logs ORDER BY created_at DESC LIMIT 1", cast)[0]  # noqa: S608  # ours


def test_an_override_counts_until_its_end_whatever_the_plan_is_and_then_the_plans_limit_at_once(
    acme: Cast, globex: Cast, alice: Api, gina: Api
) -> None:
    assert take(alice, 1_001) == "quota_exceeded"
    (line,) = run("executions", "1500", "--until", TOMORROW)
    assert line.startswith("Acme may use 1500 executions until ")
    call_command("set_plan", "acme", "free", *WHY, stdout=io.StringIO())
    assert (take(alice, 1_400), take(gina, 1_001)) == ("taken", "quota_exceeded")
    assert alice.get("quotas/executions/").body["remaining"] == 100
    end_it()
    assert take(alice, 1) == "quota_exceeded"
    assert [alice.get("quotas/executions/").body[name] for name in ("limit", "used", "remaining")] == [1_000, 1_400, 0]


def test_a_limit_below_what_is_taken_takes_nothing_away_refuses_more_and_says_so(acme: Cast, alice: Api) -> None:
    assert run("users", "1") == [
        "Acme may use 1 users.",
        "It has 3 users: nothing is taken away, and there is nothing more until it has less than 1.",
    ]
    carol = {"email": "carol@acme.example", "password": "correct horse battery staple"}
    assert alice.post("users/", carol).body["code"] == "quota_exceeded"
    assert alice.get("users/").body["count"] == 3
    assert run("users", "--cancel") == ["Of users, Acme may use what its plan grants."]
    assert alice.post("users/", carol).status == 201
    said = io.StringIO()
    call_command("set_plan", "acme", "free", "--users", "2", *WHY, stdout=said)
    assert "It has 4 users: nothing is taken away" in said.getvalue()


def test_the_trail_says_who_changed_a_limit_until_when_and_why_and_nothing_where_nothing_changed(acme: Cast) -> None:
    run("executions", "5", "--until", "2031-01-01")
    changes = {"limit": [1_000, 5], "until": [None, "2031-01-01T00:00:00+00:00"]}
    assert newest(acme) == ("quota.limit_changed", "executions", changes, "Their launch", "system")
    count = rows("SELECT count(*) FROM audit_logs", acme)
    run("executions", "5", "--until", "2031-01-01")
    assert rows("SELECT count(*) FROM audit_logs", acme) == count
    run("executions", "--cancel")
    back = {"limit": [5, 1_000], "until": ["2031-01-01T00:00:00+00:00", None]}
    assert newest(acme)[2] == back


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("users", "7", "--until", "2020-01-01"), "ends in the future, within ten years"),
        (("users", "7", "--until", "9999-12-31T23:59:59-12:00"), "ends in the future, within ten years"),
        (("users", "7", "--until", "tomorrow"), "use a date"),
        (("users", "2147483648"), "use a whole number from 0"),
        (("users", "7", "--cancel"), "not allowed with argument"),
        (("users",), "one of the arguments"),
        (("unicorns", "7"), "Nothing called unicorns is counted"),
        (("uni\x00corns", "7"), "Nothing called"),
    ],
)
def test_what_is_no_override_is_refused_in_a_sentence(acme: Cast, arguments: tuple[str, ...], sentence: str) -> None:
    before = rows("SELECT to_jsonb(q)::text FROM quotas AS q ORDER BY id")
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)
    assert rows("SELECT to_jsonb(q)::text FROM quotas AS q ORDER BY id") == before


def test_a_month_that_is_over_is_kept_with_the_limit_at_its_end(acme: Cast, alice: Api) -> None:
    run("executions", "1500")
    take(alice, 1_200)
    rows(
        "UPDATE quotas SET period_starts_on = period_starts_on - interval '1 month', override_until = period_starts_on"
        " WHERE resource = 'executions'"
    )
    assert take(alice, 1) == "taken"
    (past,) = alice.get("quotas/executions/history/").body["results"]
    assert ((past["limit"], past["used"]), alice.get("quotas/executions/").body["limit"]) == ((1_500, 1_200), 1_000)


def test_taking_costs_the_statements_it_did(acme: Cast, alice: Api) -> None:
    def taken() -> int:
        return len(statements_of(lambda: take(alice, 1)))

    taken()
    before = taken()
    run("executions", "1500", "--until", TOMORROW)
    taken()
    assert taken() == before


def test_an_operator_overrides_a_limit_in_the_console_and_nobody_else(acme: Cast, globex: Cast) -> None:
    hire_otto()
    otto = Browser()
    otto.log_in(OTTO)
    assert "globex" not in otto.get(f"{LIMITS}?q=acme").text
    find = "SELECT id FROM quotas WHERE resource = 'users' AND organization_id = %(id)s"
    ((users,),) = rows(find, id=acme.organization.id)
    page, form = f"{LIMITS}{users}/change/", {"override": "2", "override_until": ""}
    assert "This field is required." in otto.post(page, **form, reason="").words
    assert otto.post(page, **form, reason="Overdue").status == 302
    assert "It has 3 users: nothing is taken away" in otto.get(LIMITS).words
    assert newest(acme) == ("quota.limit_changed", "users", {"limit": [5, 2]}, "Overdue", "operator")
    assert "3 of 2" in otto.get("/admin/tenants/organization/").words
    ended = {"override_until": "2020-01-01T00:00:00"}
    assert "ends in the future" in otto.post(page, **form | ended, reason="x").words
    assert otto.post(page, **form | {"override": ""}, reason="Paid").status == 302
    assert newest(acme)[2] == {"limit": [2, 5]}
    assert browser_of(acme, "alice").post(page, **form, reason="x").status in (403, 404)


def test_a_limit_is_json_for_programs(acme: Cast) -> None:
    (line,) = run("users", "7", "--json")
    told = {"organization": "acme", "resource": "users", "limit": 7, "burst": 0, "until": None, "warning": None}
    assert json.loads(line) == told
    assert timedelta(days=3650) < LONGEST
