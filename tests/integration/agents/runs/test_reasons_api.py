"""Reasons and runs over the API: what is said with a request is in each entry of what it did."""

from __future__ import annotations

from typing import Any

import pytest

from agents.models import Mode
from privacy.inventory import entries_as_rows
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.agents.leashed import REASON, robin

pytestmark = pytest.mark.requirement("N6")

DAVE = {"email": "dave@acme.example", "password": PASSWORD, "role": "user"}
RUN = {"Workix_Trace": "run-7/step-1"}
OF_DAVE = "SELECT count(*) FROM users WHERE email = 'dave@acme.example'"


def entries(api: Api, query: str) -> list[dict[str, Any]]:
    answer = api.get(f"audit-logs/?{query}")
    assert answer.status == 200, answer.body
    found: list[dict[str, Any]] = answer.body["results"]
    return found


def test_an_entry_of_an_agent_says_for_whom_why_and_in_which_run(acme: Cast, alice: Api) -> None:
    assert robin(acme, "users:read").post("users/", DAVE, **RUN, **REASON).status == 403
    assert robin(acme).post("users/", DAVE, **RUN, **REASON).status == 201
    (entry,) = entries(alice, "run_id=run-7&action=user.created")
    assert (entry["actor"]["type"], entry["actor"]["label"]) == ("agent", "Robin")
    assert entry["actor"]["on_behalf_of"] == str(acme.people["alice"].id)
    assert (entry["run_id"], entry["step_id"], entry["reason"]) == ("run-7", "step-1", REASON["Workix_Reason"])
    assert {each["action"] for each in entries(alice, "run_id=run-7")} == {"user.created", "access.refused"}
    assert entry["id"] in {each["id"] for each in entries(alice, f"on_behalf_of={acme.people['alice'].id}")}


def test_a_person_is_shown_what_agents_did_for_them_and_others_are_not(acme: Cast) -> None:
    robin(acme).post("users/", DAVE, **RUN, **REASON)
    with use_tenant(acme.organization):
        mine, bobs = ([row["run_id"] for row in entries_as_rows(acme.people[name])] for name in ("alice", "bob"))
    assert ("run-7" in mine, "run-7" in bobs) == (True, False)


def test_people_may_say_why_and_a_word_of_it_finds_the_entry(acme: Cast, alice: Api) -> None:
    alice.post("users/", DAVE, Workix_Reason="UTF-8''Ersatz%20f%C3%BCr%20Gwendolyn", Workix_Trace="by-hand")
    (found,) = entries(alice, "search=gwendolyn&action=user.created")
    assert (found["reason"], found["actor"]["on_behalf_of"]) == ("Ersatz für Gwendolyn", None)
    assert (found["run_id"], found["step_id"]) == ("by-hand", "")


def test_a_run_of_another_organization_is_none(acme: Cast, alice: Api, gina: Api) -> None:
    alice.post("users/", DAVE, **RUN)
    assert (entries(gina, "run_id=run-7"), len(entries(alice, "run_id=run-7"))) == ([], 1)
    assert alice.get("audit-logs/?run_id=a%00b").status == 400


@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.SANDBOX])
def test_an_agent_has_to_say_why_in_a_dry_run_too(acme: Cast, mode: Mode) -> None:
    agent = robin(acme, mode=mode)
    for more in ({}, {"Workix_Dry_Run": "true"}):
        refused = agent.post("users/", DAVE, **more)
        assert outcome(refused) == (400, "reason_required")
        assert (refused.body["errors"][0]["field"], "Workix-Reason" in refused.body["detail"]) == (
            "Workix-Reason",
            True,
        )
    assert agent.get("users/").status == 200


@pytest.mark.parametrize(
    ("header", "value"),
    [("Workix-Reason", "short"), ("Workix-Reason", "UTF-8''two%0Alines here"), ("Workix-Trace", "=1+1")],
)
def test_what_can_not_be_kept_is_refused_and_nothing_is_done(acme: Cast, alice: Api, header: str, value: str) -> None:
    refused = alice.call("POST", "users/", DAVE, **{header.replace("-", "_"): value})
    assert (refused.status, refused.body["errors"][0]["field"]) == (400, header)
    assert rows(OF_DAVE, acme) == [(0,)]


def test_a_job_of_a_run_is_of_the_run(acme: Cast, alice: Api) -> None:
    alice.post("users/", DAVE, **RUN)
    ((context,),) = rows("SELECT args -> 'context' FROM procrastinate_jobs WHERE args -> 'context' ? 'run_id'")
    assert (context["run_id"], context["step_id"]) == ("run-7", "step-1")
