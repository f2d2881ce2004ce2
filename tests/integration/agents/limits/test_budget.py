"""The budget of an agent: what its runs cost, reported once each; spent, it changes nothing more."""

from __future__ import annotations

from typing import Any

import pytest

from agents.models import Mode
from tests.acts import at_once, demote, rows
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.agents.leashed import REASON
from tests.integration.agents.limits.leashes import RUN, leashed
from workix.core.permissions import Role

pytestmark = pytest.mark.requirement("N6")

DAVE = {"email": "dave@acme.example", "password": PASSWORD, "role": "user"}
SPENT = "SELECT spent_units FROM agents"


def test_spent_it_reads_and_changes_nothing_until_the_budget_is_raised(acme: Cast, alice: Api) -> None:
    robin = leashed(acme, budget_units=40)
    assert robin.report().status == 201
    refused = robin.api.post("users/", DAVE, **REASON)
    assert (outcome(refused), refused.body["budget_units"], refused.body["spent_units"]) == (
        (403, "agent_budget_spent"),
        40,
        40,
    )
    tried = robin.api.post("users/", DAVE, Workix_Dry_Run="true", **REASON)
    assert (outcome(tried), robin.api.get("users/").status) == ((403, "agent_budget_spent"), 200)
    assert robin.report(run="tidy-2").status == 201
    alice.patch(f"agents/{robin.id}/", {"budget_units": 81})
    assert robin.api.post("users/", DAVE, **REASON).status == 201


def test_a_run_counts_once_also_when_it_is_reported_at_once(acme: Cast) -> None:
    robin = leashed(acme)
    assert {answer.status for answer in at_once(lambda _: robin.report(), 4)} == {201}
    assert (rows(SPENT, acme), outcome(robin.report(units=1))) == ([(40,)], (409, "run_reported"))


def test_what_was_reported_is_in_the_trail_and_told_with_what_is_used(acme: Cast, alice: Api) -> None:
    robin = leashed(acme, budget_units=100, calls_per_hour=10, deletions_per_day=5)
    robin.report(input_tokens=18_200, output_tokens=940)
    told = alice.get(robin.usage).body
    assert told["limits"] == [
        {"name": "calls", "limit": 10, "used": 1},
        {"name": "deletions", "limit": 5, "used": 0},
        {"name": "budget", "limit": 100, "used": 40},
    ]
    assert [(each["run"], each["input_tokens"], each["units"]) for each in told["runs"]] == [("tidy-1", 18_200, 40)]
    assert rows("SELECT actor_type FROM audit_logs WHERE action = 'agent_usage.created'", acme) == [("agent",)]


@pytest.mark.parametrize(
    "wrong",
    [{"units": -1}, {"units": 10**13}, {"units": 1.5}, {"units": "40"}, {"input_tokens": -1}, {"run": "a\x00"},
     {"run": "a/b/c"}, {"run": "é"}, {"model": ""}, {"model": "token=a1b2c3"}, {"agent": "x"}],
)  # fmt: skip
def test_what_is_no_report_is_refused_and_counts_nothing(acme: Cast, wrong: dict[str, Any]) -> None:
    robin = leashed(acme)
    assert (robin.report(**wrong).status, rows(SPENT, acme)) == (400, [(0,)])


def test_a_sum_that_no_column_holds_is_refused(acme: Cast) -> None:
    robin = leashed(acme)
    rows("UPDATE agents SET spent_units = 9223372036854775800", acme)
    assert (robin.report().status, rows("SELECT count(*) FROM agent_usage", acme)) == (400, [(0,)])


def test_an_agent_reports_of_itself_and_people_of_what_is_theirs(acme: Cast, alice: Api, bob: Api, vera: Api) -> None:
    robin, wren = leashed(acme), leashed(acme)
    assert outcome(robin.api.post(wren.usage, RUN, **REASON)) == (404, "not_found")
    assert [api.post(robin.usage, RUN).status for api in (alice, bob, vera)] == [201, 404, 403]
    assert robin.api.get(robin.usage).status == 403


def test_it_reports_in_a_sandbox_without_a_reason_and_without_a_scope_for_it(acme: Cast) -> None:
    assert leashed(acme, "users:read", mode=Mode.SANDBOX, budget_units=0).report().status == 201


def test_whoever_demotes_its_owner_ends_its_reports(acme: Cast) -> None:
    robin = leashed(acme)
    demote(acme, "alice@acme.example", Role.VIEWER)
    assert outcome(robin.report()) == (403, "permission_denied")
