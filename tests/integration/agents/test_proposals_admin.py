"""Proposals in the dashboard: what would change in plain words, approved or refused with a word; and the rules."""

from __future__ import annotations

import re

import pytest

from tests.acts import rows
from tests.browsers import Browser, browser_of
from tests.cast import Api, Cast
from tests.integration.agents.leashed import REASON
from tests.integration.agents.proposals import is_there, proposed, supervised
from workix.core.apps import agent_scopes

pytestmark = pytest.mark.requirement("N6")

LIST, POLICY = "/admin/agents/proposal/", "/admin/approvals/"


@pytest.fixture
def admin(acme: Cast) -> Browser:
    return browser_of(acme, "alice")


def page_of(proposal: str) -> str:
    return f"{LIST}{proposal}/"


def test_it_is_seen_in_plain_words_and_approved_with_a_word(acme: Cast, admin: Browser) -> None:
    assert "No agent asks for approval." in admin.get(LIST).words
    page = page_of(proposed(supervised(acme), acme))
    assert "user bob@acme.example would be deleted" in admin.get(LIST).words
    shown = admin.get(f"{page}change/").words
    for said in ("Waits for approval", "Deletions (1)", REASON["Workix_Reason"], "Approve …", "deleted at"):
        assert said in shown, said
    assert "It is done at once" in admin.get(f"{page}approval/").words
    admin.post(f"{page}approval/", word="Bob left.")
    decided = admin.get(f"{page}change/").words
    assert ("Approved and done" in decided, "Bob left." in decided, "Approve …" in decided) == (True, True, False)
    assert not is_there(acme, "bob@acme.example")


def test_whoever_is_asked_for_a_word_sees_that_it_is_about_more_than_one_thing(acme: Cast, admin: Browser) -> None:
    page = page_of(proposed(supervised(acme), acme))
    rows("UPDATE proposals SET changes = changes || changes", acme)
    assert "would be deleted and 1 more" in admin.get(f"{page}approval/").words


def test_whoever_approves_sees_all_of_a_long_value(acme: Cast, admin: Browser) -> None:
    permissions = sorted(agent_scopes())
    role = {"name": "Helpers", "description": "x" * 200 + " the end", "permissions": permissions}
    asked = supervised(acme, *permissions).post("roles/", role, **REASON)
    shown = admin.get(f"{page_of(asked.body['id'])}change/").words
    assert (asked.status, " ".join(permissions) in shown, "x the end" in shown) == (202, True, True)


def test_it_is_refused_and_what_is_stale_says_what_changed(acme: Cast, admin: Browser) -> None:
    robin = supervised(acme)
    page = page_of(proposed(robin, acme))
    admin.post(f"{page}refusal/", word="Bob stays.")
    assert "Bob stays." in admin.get(f"{page}change/").words
    page = page_of(proposed(robin, acme))
    robin.patch(f"users/{acme.people['bob'].id}/", {"first_name": "Rob"}, **REASON)
    admin.post(f"{page}approval/")
    told = admin.get(f"{page}change/").words
    assert ("user bob@acme.example: user.updated" in told, "Out of date" in told) == (True, True)
    assert is_there(acme, "bob@acme.example")


def test_a_word_that_looks_like_a_secret_is_refused_where_it_was_typed(acme: Cast, admin: Browser) -> None:
    page = page_of(proposed(supervised(acme), acme))
    for act in ("approval", "refusal"):
        shown = admin.post(f"{page}{act}/", word="password=hunter2")
        assert (shown.status, "looks like a secret" in shown.words) == (200, True)
    assert rows("SELECT status FROM proposals", acme) == [("pending",)]


def test_a_viewer_sees_none_of_it(acme: Cast) -> None:
    page = page_of(proposed(supervised(acme), acme))
    vera = browser_of(acme, "vera")
    assert {vera.get(each).status for each in (LIST, f"{page}change/", f"{page}approval/", POLICY)} == {403}
    assert vera.post(f"{page}refusal/").status == 403


def test_rules_are_decided_row_by_row(acme: Cast, admin: Browser) -> None:
    assert "Deletions" in admin.get(POLICY).text
    counts = {"rules-TOTAL_FORMS": "2", "rules-INITIAL_FORMS": "0"}
    sent = {
        "rules-0-name": "Nights",
        "rules-0-begins": "18:00",
        "rules-0-ends": "07:00",
        "rules-0-fields_": "role email",
    }
    admin.post(POLICY, four_eyes="on", **counts, **sent)
    ((rules, four_eyes),) = rows("SELECT rules, four_eyes FROM approval_policies", acme)
    assert [(each["name"], each["fields"], each["begins"]) for each in rules] == [
        ("Nights", ["role", "email"], "18:00")
    ]
    assert four_eyes is True
    assert "no time zone" in admin.post(POLICY, **counts, **sent, **{"rules-0-time_zone": "Mars"}).words


def test_whoever_saves_what_another_admin_changed_meanwhile_is_told_and_takes_nothing_back(
    acme: Cast, admin: Browser, alice: Api
) -> None:
    (seen,) = re.findall(r'name="seen" value="(\w+)"', admin.get(POLICY).text)
    rule = {"name": "All of it", "resource_type": "*", "action": "*"}
    assert alice.patch("approval-policy/", {"rules": [rule]}).status == 200
    counts = {"rules-TOTAL_FORMS": "1", "rules-INITIAL_FORMS": "0", "rules-0-name": "Mine"}
    assert "Somebody else changed this" in admin.post(POLICY, seen=seen, **counts).words
    assert [each["name"] for each in alice.get("approval-policy/").body["rules"]] == ["All of it"]
    (seen,) = re.findall(r'name="seen" value="(\w+)"', admin.get(POLICY).text)
    assert admin.post(POLICY, seen=seen, **counts).goes_to == POLICY


def test_a_rule_names_fields_as_the_api_takes_them(acme: Cast, admin: Browser) -> None:
    counts = {"rules-TOTAL_FORMS": "1", "rules-INITIAL_FORMS": "0", "rules-0-name": "Roles"}
    assert "names of fields" in admin.post(POLICY, **counts, **{"rules-0-fields_": "Role"}).words
    assert rows("SELECT count(*) FROM approval_policies", acme) == [(0,)]
    admin.post(POLICY, **counts, **{"rules-0-fields_": "role, email"})
    assert rows("SELECT rules -> 0 -> 'fields' FROM approval_policies", acme) == [(["role", "email"],)]
