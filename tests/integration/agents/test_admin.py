"""Agents in the dashboard: created and its key shown once, changed, given a new key, removed; and a leaked key."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.management import call_command

from agents.models import Mode
from tests.acts import rows
from tests.browsers import Browser, Page, browser_of
from tests.cast import Api, Cast
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.accounts.roles.composed import with_role
from tests.integration.agents.leashed import REASON, key_of, robin

LIST = "/admin/agents/agent/"
NEW: dict[str, Any] = {
    "name": "Robin",
    "purpose": "Keeps people tidy.",
    "model_label": "",
    "mode": "supervised",
    "scopes": ["users:read"],
    **dict.fromkeys(
        ("networks", "expires_at", "calls_per_hour", "deletions_per_day", "quota_share", "budget_units"), ""
    ),
}


@pytest.fixture
def admin(acme: Cast) -> Browser:
    return browser_of(acme, "alice")


def shown_on(page: Page) -> str:
    (key,) = re.findall(r"wxa_[0-9A-Za-z]{65}", page.text)
    return str(key)


def page_of(acme: Cast) -> str:
    ((found,),) = rows("SELECT id FROM agents", acme)
    return f"{LIST}{found}/"


def test_an_empty_list_says_what_an_agent_is(admin: Browser) -> None:
    assert "a program that acts on your behalf" in admin.get(LIST).words


def test_an_agent_is_created_its_key_shown_once_and_it_works(acme: Cast, admin: Browser) -> None:
    page = admin.post(f"{LIST}add/", **NEW, _save="Save")
    key = shown_on(page)
    assert Api(key).get("users/").status == 200
    listed = admin.get(LIST)
    assert "Robin alice@acme.example Keeps people tidy." in listed.words
    for again in (listed, admin.get(f"{page_of(acme)}change/"), admin.get("/admin/")):
        assert key not in again.text
    assert key not in str(rows("SELECT session_data FROM django_session", acme))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"scopes": []}, "This field is required."),
        ({"scopes": ["agents:write"]}, "Select a valid choice."),
        ({"mode": "free"}, "Select a valid choice."),
        ({"purpose": ""}, "This field is required."),
        ({"quota_share": "101"}, "less than or equal to 100"),
        ({"calls_per_hour": "99999999999"}, "less than or equal to 2147483647"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_nothing_is_made(acme: Cast, admin: Browser, changes: Any, sentence: str) -> None:
    page = admin.post(f"{LIST}add/", **{**NEW, **changes}, _save="Save")
    assert (page.status, sentence in page.text) == (200, True)
    assert rows("SELECT count(*) FROM agents", acme) == [(0,)]


def test_it_is_changed_given_a_new_key_and_removed(acme: Cast, admin: Browser) -> None:
    key = key_of(acme, "users:read", mode=Mode.SUPERVISED)
    page = page_of(acme)
    admin.post(f"{page}change/", **{**NEW, "purpose": "Reads.", "quota_share": "20"}, _save="Save")
    assert rows("SELECT purpose, quota_share FROM agents", acme) == [("Reads.", 20)]
    new = shown_on(admin.post(f"{page}rotation/", overlap_hours="0"))
    assert [Api(each).get("users/").status for each in (key, new)] == [401, 200]
    admin.post(f"{page}delete/", post="yes")
    assert Api(new).get("users/").status == 401


def test_the_form_says_that_the_leash_of_a_live_agent_is_not_its_owners(acme: Cast, alice: Api) -> None:
    with_role(acme, alice, "bob", "dashboard:enter")
    key_of(acme, "users:read", owner="bob", mode=Mode.SUPERVISED)
    rows("UPDATE agents SET mode = 'live'", acme)
    bob, page, live = browser_of(acme, "bob"), page_of(acme), {**NEW, "mode": "live"}
    refused = bob.post(f"{page}change/", **{**live, "calls_per_hour": "5"}, _save="Save")
    assert (refused.status, "an admin changes how far" in refused.words) == (200, True)
    bob.post(f"{page}change/", **{**live, "purpose": "Reads."}, _save="Save")
    assert rows("SELECT purpose, calls_per_hour FROM agents", acme) == [("Reads.", None)]


def test_whose_key_is_reported_as_leaked_is_stopped(acme: Cast) -> None:
    key = key_of(acme)
    assert Api().post("api-keys/report-leak/", {"key": key}).status == 202
    assert outcome(Api(key).get("users/")) == (401, "agent_stopped")


def test_whose_agent_it_was_is_said_wherever_the_newest_entries_are(acme: Cast, otto: Browser) -> None:
    """An agent may be called like a person."""
    robin(acme, name="bob@acme.example").patch(f"users/{acme.people['bob'].id}/", {"first_name": "Rob"}, **REASON)
    said = "bob@acme.example for alice@acme.example"
    assert said in browser_of(acme, "alice").get("/admin/").words
    told = io.StringIO()
    call_command("inspect_organization", "acme", "--reason", "Ticket 4711: who was it?", stdout=told)
    assert f"user.updated {said}" in told.getvalue()
    inside = otto.post(f"/admin/tenants/organization/{acme.organization.id}/inspect/", reason="Ticket 4711: who?")
    assert said in inside.words
