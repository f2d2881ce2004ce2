"""Rules of approval: what they match, by kind of act, fields, amount, day and time of day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from agents.proposals.rules import DEFAULT, Change, Rule, matched

pytestmark = pytest.mark.requirement("N6")

#: A Friday, at half past nine in London, ten and a half in Berlin.
FRIDAY = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
NIGHT = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)


def change(action: str, *fields: str) -> Change:
    return {"resource_type": action.partition(".")[0], "action": action, "changes": dict.fromkeys(fields)}


@pytest.mark.parametrize(
    ("rule", "changes", "found"),
    [
        ({"action": "*.deleted"}, [change("user.deleted"), change("user.updated")], 1),
        ({"resource_type": "user"}, [change("user.deleted"), change("role.updated")], 1),
        ({"resource_type": "user", "action": "*.deleted"}, [change("role.deleted"), change("user.updated")], 0),
        ({"fields": ["role"]}, [change("user.updated", "role", "email"), change("user.updated", "email")], 1),
        ({"action": "*.deleted", "at_least": 2}, [change("user.deleted")], 0),
        ({"action": "*.deleted", "at_least": 2}, [change("user.deleted"), change("role.deleted")], 2),
        ({}, [], 0),
    ],
)
def test_it_counts_the_changes_it_is_about(rule: dict[str, Any], changes: list[Change], found: int) -> None:
    assert Rule("One", **rule).matches(changes, now=FRIDAY) == found


@pytest.mark.parametrize(
    ("now", "holds", "when"),
    [
        (FRIDAY, True, {"days": ["friday"]}),
        (FRIDAY, False, {"days": ["saturday", "sunday"]}),
        (FRIDAY, True, {"begins": "09:00", "ends": "17:00"}),
        (FRIDAY, False, {"begins": "09:00", "ends": "09:30"}),
        (FRIDAY, False, {"begins": "09:00", "ends": "10:00", "time_zone": "Europe/Berlin"}),
        (FRIDAY, False, {"begins": "18:00", "ends": "07:00"}),
        (NIGHT, True, {"begins": "18:00", "ends": "07:00"}),
        (NIGHT, True, {"begins": "18:00", "ends": "07:00", "days": ["friday"]}),
        (NIGHT, False, {"begins": "18:00", "ends": "07:00", "days": ["saturday"]}),
    ],
)
def test_it_holds_on_its_days_and_at_its_time(now: datetime, holds: bool, when: dict[str, Any]) -> None:
    assert bool(Rule("One", **when).matches([change("user.deleted")], now=now)) is holds


@pytest.mark.parametrize(
    ("act", "by"),
    [
        (change("user.deleted", "deleted_at"), ["Deletions"]),
        (change("user.updated", "role"), ["Roles of people"]),
        (change("user.updated", "is_active"), ["Who may log in"]),
        (change("user.updated", "first_name"), []),
        (change("invitation.created", "role"), ["Roles of those invited"]),
        (change("role_member.created"), ["Own roles"]),
        (change("api_key.created"), ["API keys"]),
        (change("erasure.scheduled"), ["Erasures"]),
        (change("organization.plan_changed"), ["Plans"]),
        (change("organization.policies_changed"), ["Policies"]),
        (change("quota.limit_changed"), ["Limits"]),
        (change("quota.consumed"), []),
        (change("organization.renamed"), []),
    ],
)
def test_by_default_what_lasts_waits(act: Change, by: list[str]) -> None:
    assert [each["rule"] for each in matched(DEFAULT, [act], now=FRIDAY)] == by
    assert matched(DEFAULT, [change("pipeline.updated")] * 25, now=FRIDAY) == [{"rule": "Many at once", "changes": 25}]
