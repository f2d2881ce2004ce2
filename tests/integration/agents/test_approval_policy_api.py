"""The approval policy over the API: the defaults, what is decided otherwise, and what is no rule."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acts import rows
from tests.cast import Api, Cast
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.agents.leashed import REASON
from tests.integration.agents.proposals import is_there, removal, supervised

pytestmark = pytest.mark.requirement("N6")

RENAMES = {"name": "Names", "resource_type": "user", "action": "*.updated", "fields": ["first_name", "last_name"]}


def test_an_organization_has_rules_before_it_decides_any_and_its_own_afterwards(acme: Cast, alice: Api) -> None:
    before = alice.get("approval-policy/").body
    assert (before["four_eyes"], before["rules"][0]["name"], before["rules"][0]["action"]) == (
        False,
        "Deletions",
        "*.deleted",
    )
    decided = alice.patch("approval-policy/", {"rules": [RENAMES]}).body
    assert decided == alice.get("approval-policy/").body == {**decided, "four_eyes": False}
    assert decided["rules"] == [
        {**RENAMES, "at_least": 1, "days": [], "begins": "", "ends": "", "time_zone": "UTC"},
    ]
    robin = supervised(acme)
    renamed = robin.patch(f"users/{acme.people['vera'].id}/", {"first_name": "V"}, **REASON)
    assert (renamed.status, renamed.body["why"]) == (202, [{"rule": "Names", "changes": 1}])
    assert removal(robin, acme).status == 204
    assert not is_there(acme, "bob@acme.example")
    asked = "SELECT action FROM audit_logs WHERE resource_type = 'approval_policy' ORDER BY created_at"
    assert rows(asked, acme) == [("approval_policy.created",), ("approval_policy.updated",)]


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ({}, "rules.0.name"),
        ({"name": "A\x00"}, "rules.0.name"),
        ({"name": "A", "action": "DROP TABLE"}, "rules.0.action"),
        ({"name": "A", "at_least": 0}, "rules.0.at_least"),
        ({"name": "A", "days": ["someday"]}, "rules.0.days.0"),
        ({"name": "A", "begins": "09:00"}, "rules.0.ends"),
        ({"name": "A", "begins": "25:00", "ends": "26:00"}, "rules.0.begins"),
        ({"name": "A", "time_zone": "../../etc/passwd"}, "rules.0.time_zone"),
        ({"name": "A", "anything": 1}, "rules.0.anything"),
        ("Deletions", "rules.0.non_field_errors"),
    ],
    ids=str,
)
def test_what_is_no_rule_is_refused(alice: Api, rule: Any, field: str) -> None:
    answer = alice.patch("approval-policy/", {"rules": [rule]})
    assert (answer.status, answer.body["errors"][0]["field"]) == (400, field), answer.body


def test_two_rules_of_a_name_are_refused(alice: Api) -> None:
    assert alice.patch("approval-policy/", {"rules": [RENAMES, RENAMES]}).body["errors"][0]["field"] == "rules"


def test_neither_an_agent_nor_a_user_decides_what_waits(acme: Cast, bob: Api) -> None:
    for who in (supervised(acme), bob):
        assert outcome(who.patch("approval-policy/", {"rules": []}, **REASON)) == (403, "permission_denied")
