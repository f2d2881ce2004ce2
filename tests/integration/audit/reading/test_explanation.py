"""Why of an entry, over the API and in the dashboard: who, why, in which request, what changed, what came before and after."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import LogEntry
from audit.reading import explanation
from tenants.scope import use_tenant
from tests.acts import rows, statements_of
from tests.browsers import Browser
from tests.cast import Api, Cast
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.agents.leashed import robin

pytestmark = pytest.mark.requirement("N7")


def entries_of(acme: Cast, name: str) -> list[str]:
    """Change somebody's name three times, and return the ids of the entries, the oldest first."""
    asked = "SELECT id::text, created_at FROM audit_logs WHERE resource_id = %(id)s AND action = 'user.updated'"
    return [found for found, _ in rows(f"{asked} ORDER BY created_at", acme, id=str(acme.people[name].id))]


@pytest.fixture
def changed(acme: Cast, alice: Api) -> list[str]:
    """Let Alice change Bob's name three times; the second by a request with an id of its own."""
    where = f"users/{acme.people['bob'].id}/"
    for name in ("Robert", "<b>Rob</b>", "Bobby"):
        assert alice.patch(where, {"first_name": name}, X_Request_ID=f"request-{len(name)}").status == 200
    return entries_of(acme, "bob")[-3:]


def said(body: Any, about: str) -> list[str]:
    return [each["said"] for each in body["said"] if each["about"] == about]


def test_an_entry_is_told_in_sentences_with_those_beside_it(alice: Api, changed: list[str]) -> None:
    first, second, third = changed
    answer = alice.get(f"audit-logs/{second}/explanation/")
    assert answer.status == 200
    body = answer.body
    assert [body[each]["id"] for each in ("earlier", "entry", "later")] == [first, second, third]
    assert said(body, "act")[0].startswith("alice@acme.example updated user bob@acme.example on ")
    assert said(body, "actor") == ["alice@acme.example acted as a person of the organization."]
    assert said(body, "reason") == ["No reason was given."]
    assert said(body, "change") == ["first name: from “Robert” to “<b>Rob</b>”."]
    assert said(body, "request") == ["The request request-10 wrote no other entry."]
    (later,) = [each for each in body["said"] if each["about"] == "later"]
    assert alice.get(later["where"]).body["id"] == third


def test_of_what_an_agent_did_it_says_for_whom_why_and_in_which_run(acme: Cast, alice: Api) -> None:
    where, reason = f"users/{acme.people['bob'].id}/", "Is called so by everybody."
    headers = {"Workix_Reason": reason, "Workix_Trace": "run-7/step-2"}
    assert robin(acme).patch(where, {"first_name": "Bobby"}, **headers).status == 200
    (entry,) = entries_of(acme, "bob")[-1:]
    told = alice.get(f"audit-logs/{entry}/explanation/").body
    assert said(told, "act")[0].startswith("Robin for alice@acme.example updated user bob@acme.example on ")
    assert said(told, "actor") == ["Robin acted as an agent, on behalf of alice@acme.example."]
    assert said(told, "reason") == [f"The reason that was given: “{reason}”"]
    assert said(told, "run") == ["It is part of the run run-7, in its step step-2, as whoever acted calls it."]
    (run,) = [each["where"] for each in told["said"] if each["about"] == "run"]
    assert [each["id"] for each in alice.get(run).body["results"]] == [entry]


def test_it_is_read_by_who_may_read_the_trail_and_that_is_an_entry(
    acme: Cast, gina: Api, bob: Api, alice: Api, changed: list[str]
) -> None:
    where = f"audit-logs/{changed[0]}/explanation/"
    assert (outcome(gina.get(where)), outcome(bob.get(where))) == ((404, "not_found"), (403, "permission_denied"))
    asked = "SELECT actor_label FROM audit_logs WHERE action = 'audit_log.accessed' AND resource_id = %(id)s"
    assert rows(asked, acme, id=changed[0]) == []
    alice.get(where)
    assert rows(asked, acme, id=changed[0]) == [("alice@acme.example",)]


def test_it_costs_the_same_few_statements_however_much_there_is(acme: Cast, alice: Api, changed: list[str]) -> None:
    alice.get(f"audit-logs/{changed[1]}/explanation/")
    assert len(statements_of(lambda: alice.get(f"audit-logs/{changed[1]}/explanation/"))) == 6


def test_what_an_app_above_knows_is_told_too(acme: Cast, changed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explanation, "_TELLERS", [])
    explanation.teller(lambda entry: explanation.Said("approval", f"Approved: {entry.action}.", "/api/v1/proposals/"))
    explanation.teller(lambda entry: None)
    with use_tenant(acme.organization):
        told = explanation.explain(LogEntry.objects.get(id=changed[0])).said
    assert [each.said for each in told if each.about == "approval"] == ["Approved: user.updated."]


def test_the_page_of_an_entry_says_why(acme: Cast, changed: list[str]) -> None:
    browser = Browser(acme.host)
    browser.log_in("alice@acme.example")
    page = browser.get(f"/admin/audit/logentry/{changed[0]}/change/")
    assert "Why?" in page.text
    assert f'/admin/audit/logentry/{changed[1]}/change/">After it, on' in page.text
    assert "&lt;b&gt;Rob" in browser.get(f"/admin/audit/logentry/{changed[1]}/change/").text
