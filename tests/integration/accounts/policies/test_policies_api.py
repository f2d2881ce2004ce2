"""GET and PATCH /organization/policies/: one resource of two tables, one transaction, and what the database refuses."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from tests.acts import at_once, rows, statements_of
from tests.cast import Api, Cast
from tests.database import superuser

POLICIES = "organization/policies/"
DEFAULTS = {
    "allowed_origins": [],
    "allowed_networks": [],
    "allows_switching": False,
    "quota_warning_percent": 80,
    "password_length": 15,
    "password_history": 0,
    "password_lifetime_days": None,
    "second_factor_required_from": None,
    "single_sign_on_only": False,
    "break_glass_admins": [],
    "audit_retention_days": None,
    "legal_hold": False,
}
KEPT = "SELECT password_length, password_history, password_lifetime_days FROM security_policies"


def entries(cast: Cast) -> list[tuple[Any, ...]]:
    asked = "SELECT action, changes FROM audit_logs WHERE action LIKE '%%polic%%' ORDER BY created_at, id"
    return rows(asked, cast)


def test_who_decided_nothing_has_the_defaults_and_no_row(acme: Cast, alice: Api) -> None:
    assert alice.get(POLICIES).body == DEFAULTS
    assert alice.patch(POLICIES, {}).body == DEFAULTS
    assert (rows(KEPT, acme), entries(acme)) == ([], [])


def test_what_is_decided_is_one_row_of_their_own_and_of_nobody_else(
    acme: Cast, globex: Cast, alice: Api, gina: Api
) -> None:
    wanted = {"password_length": 20, "password_history": 3, "password_lifetime_days": 90}
    assert alice.patch(POLICIES, wanted).body == DEFAULTS | wanted
    assert alice.patch(POLICIES, {"password_lifetime_days": None}).status == 200
    assert alice.get(POLICIES).body == DEFAULTS | wanted | {"password_lifetime_days": None}
    assert (rows(KEPT, acme), rows(KEPT, globex), gina.get(POLICIES).body) == ([(20, 3, None)], [], DEFAULTS)


def test_one_change_is_one_entry_of_each_table_and_none_where_nothing_changes(acme: Cast, alice: Api) -> None:
    wanted = {"password_length": 20, "allows_switching": True}
    for _ in range(2):
        assert alice.patch(POLICIES, wanted).status == 200
    (first, first_changes), second = entries(acme)
    assert (first, first_changes["password_length"]) == ("security_policy.created", [None, 20])
    assert second == ("organization.policies_changed", {"allows_switching": [False, True]})
    alice.patch(POLICIES, {"password_length": 15})
    assert entries(acme)[2:] == [("security_policy.updated", {"password_length": [20, 15]})]


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"password_length": 14}, "password_length"),
        ({"password_length": 65}, "password_length"),
        ({"password_length": "long"}, "password_length"),
        ({"password_length": None}, "password_length"),
        ({"password_length": True}, "password_length"),
        ({"password_length": 2**63}, "password_length"),
        ({"password_history": -1}, "password_history"),
        ({"password_history": 11}, "password_history"),
        ({"password_lifetime_days": 0}, "password_lifetime_days"),
        ({"password_lifetime_days": 3651}, "password_lifetime_days"),
        ({"audit_retention_days": 29}, "audit_retention_days"),
        ({"audit_retention_days": 3651}, "audit_retention_days"),
        ({"legal_hold": None}, "legal_hold"),
        ({"quota_warning_percent": 0}, "quota_warning_percent"),
        ({"quota_warning_percent": 101}, "quota_warning_percent"),
        ({"allowed_networks": ["198.51.100.0/24"]}, "allowed_networks"),
        ({"allowed_origins": ["ftp://x"]}, "allowed_origins.0"),
        ({"organization_id": "018f0000-0000-7000-8000-000000000000"}, "organization_id"),
        ({"updated_at": "2026-01-01T00:00:00Z"}, "updated_at"),
    ],
)
def test_one_part_that_is_refused_leaves_all_as_it_was(
    acme: Cast, alice: Api, wanted: dict[str, Any], field: str
) -> None:
    good = {"password_history": 2, "allows_switching": True}
    answer = alice.patch(POLICIES, good | wanted)
    assert (answer.status, answer.body["errors"][0]["field"]) == (400, field)
    assert (alice.get(POLICIES).body, rows(KEPT, acme), entries(acme)) == (DEFAULTS, [], [])


def test_admins_who_are_the_first_to_decide_at_the_same_moment_both_succeed(acme: Cast, alice: Api) -> None:
    names = ["password_length", "password_history"] * 2
    answers = at_once(lambda number: Api(alice.access).patch(POLICIES, {names[number]: 10 + 6 * (number % 2 == 0)}), 4)
    assert [answer.status for answer in answers] == [200, 200, 200, 200]
    assert rows(KEPT, acme) == [(16, 10, None)]


def test_there_is_no_second_row_and_none_of_another_organization(acme: Cast, globex: Cast, alice: Api) -> None:
    alice.patch(POLICIES, {"password_length": 20})
    add = "INSERT INTO security_policies (organization_id, updated_at) VALUES (%(id)s, now())"
    with pytest.raises(psycopg.errors.UniqueViolation):
        rows(add, acme, id=acme.organization.id)
    with pytest.raises(psycopg.errors.CheckViolation):
        rows(add, acme, id=globex.organization.id)


@pytest.mark.parametrize("column", ["password_length = 7", "password_history = 11", "password_lifetime_days = 0"])
def test_the_database_refuses_what_the_capability_would(acme: Cast, alice: Api, column: str) -> None:
    alice.patch(POLICIES, {"password_length": 20})
    with pytest.raises(psycopg.errors.CheckViolation):
        rows(f"UPDATE security_policies SET {column}", acme)  # noqa: S608  # the three above


def test_a_row_that_raw_sql_changes_is_in_the_trail_too(acme: Cast, alice: Api) -> None:
    alice.patch(POLICIES, {"password_length": 20})
    rows("UPDATE security_policies SET password_length = 15", acme)
    rows("DELETE FROM security_policies", acme)
    assert [action for action, _ in entries(acme)] == [
        f"security_policy.{each}" for each in ("created", "updated", "deleted")
    ]


def test_the_organizations_own_role_can_not_delete_it(acme: Cast) -> None:
    role = acme.organization.schema_name
    with superuser() as behind:
        found = behind.execute("SELECT has_table_privilege(%s, %s, 'DELETE')", [role, f"{role}.security_policies"])
        assert found.fetchone() == (False,)


def test_reading_them_takes_one_statement_of_each_table(acme: Cast, alice: Api) -> None:
    sent = statements_of(lambda: alice.get(POLICIES))
    of_policies = [each for each in sent if "security_policies" in each or "my_allowed_origins" in each]
    assert (of_policies, len(sent)) == (sent[-2:], 4)
