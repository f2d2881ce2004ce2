"""Own roles over the API: composed, read, changed, deleted; and each part of a body that is wrong."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from accounts.roles.composition import MOST_ROLES
from tests.acts import rows, statements_of
from tests.cast import Api, Cast, api_of
from tests.integration.accounts.roles.composed import acts, compose, give, told
from workix.core.apps import grantable, permissions_of
from workix.core.permissions import OPERATOR

AUDITORS = {"name": "Auditors", "description": "Read the trail.", "permissions": ["audit:read", "dashboard:enter"]}


def test_a_role_is_composed_read_changed_and_deleted(acme: Cast, alice: Api) -> None:
    made = alice.post("roles/", AUDITORS)
    path = f"roles/{made.body['id']}/"
    kept = {**AUDITORS, "undeclared_permissions": [], "members_count": 0}
    assert (made.status, made.headers["Location"]) == (201, f"/api/v1/{path}")
    assert {key: made.body[key] for key in kept} == kept
    assert (alice.get(path).body, alice.get("roles/").body["results"]) == (made.body, [made.body])
    changed = alice.patch(path, {"permissions": ["users:write", "audit:read", "audit:read"]})
    assert (changed.status, changed.body["permissions"]) == (200, ["audit:read", "users:write"])
    assert (alice.delete(path).status, alice.get(path).status, alice.delete(path).status) == (204, 404, 404)
    made_by = "alice@acme.example"
    assert acts(acme) == [(f"role.{act}", made_by, "Auditors") for act in ("created", "updated", "deleted")]


def test_the_trail_says_what_a_role_granted_before_and_after(acme: Cast, alice: Api) -> None:
    role = compose(alice, "audit:read")
    alice.patch(f"roles/{role}/", {"permissions": ["users:read"]})
    asked = "SELECT changes->'permissions' FROM audit_logs WHERE action = 'role.updated'"
    assert rows(asked, acme) == [(["audit:read", "users:read"],)]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"name": ""}, ("name", "blank")),
        ({"name": "  "}, ("name", "blank")),
        ({"name": None}, ("name", "null")),
        ({"name": 7}, ("name", "invalid")),
        ({"name": "a\x00b"}, ("name", "null_characters_not_allowed")),
        ({"name": "a\nb"}, ("name", "invalid")),
        ({"name": "x" * 101}, ("name", "max_length")),
        ({"name": "ADMIN"}, ("name", "unique")),
        ({"description": "x" * 501}, ("description", "max_length")),
        ({"permissions": []}, ("permissions", "min_length")),
        ({"permissions": "audit:read"}, ("permissions", "not_a_list")),
        ({"permissions": {"audit:read": True}}, ("permissions", "not_a_list")),
        ({"permissions": ["console:enter"]}, ("permissions.0", "invalid_choice")),
        ({"permissions": ["audit:read users:write"]}, ("permissions.0", "invalid_choice")),
        ({"permissions": [["audit:read"]]}, ("permissions.0", "invalid_choice")),
        ({"permissions": ["audit:read"] * 99}, ("permissions", "max_length")),
        ({"members_count": 3}, ("members_count", "unknown_field")),
        ({"undeclared_permissions": ["x:y"]}, ("undeclared_permissions", "unknown_field")),
    ],
    ids=lambda value: str(value)[:40],
)
def test_each_part_that_is_wrong_is_named(
    acme: Cast, alice: Api, changes: dict[str, Any], found: tuple[str, str]
) -> None:
    answer = alice.post("roles/", AUDITORS | changes)
    errors = [(each["field"], each["code"]) for each in answer.body.get("errors", ())]
    assert (answer.status, found in errors) == (400, True), answer.body
    assert rows("SELECT count(*) FROM roles", acme) == [(0,)]


@pytest.mark.parametrize("again", ["Auditors", "AUDITORS", " auditors ", "Äuditors"])
def test_a_name_is_taken_in_any_form_of_it(acme: Cast, alice: Api, again: str) -> None:
    compose(alice, "audit:read", name="Äuditors" if again[0] == "Ä" else "Auditors")
    other = compose(alice, "audit:read", name="Others")
    for answer in (alice.post("roles/", AUDITORS | {"name": again}), alice.patch(f"roles/{other}/", {"name": again})):
        assert [(each["field"], each["code"]) for each in answer.body["errors"]] == [("name", "unique")]


def test_no_operators_permission_is_one_of_people() -> None:
    only_theirs = permissions_of(OPERATOR) - {"profile:read", "profile:write"}
    assert (only_theirs & grantable(), permissions_of("admin") <= grantable()) == (frozenset(), True)


def test_an_organization_has_so_many_roles_and_no_more(acme: Cast, alice: Api) -> None:
    rows(
        "INSERT INTO roles (id, created_at, updated_at, name, description, permissions)"
        " SELECT gen_random_uuid(), now(), now(), 'Role ' || n, '', 'audit:read' FROM generate_series(1, %(most)s) AS n",
        acme,
        most=MOST_ROLES - 1,
    )
    compose(alice, "audit:read")
    assert told(alice.post("roles/", AUDITORS | {"name": "One more"})) == (409, "conflict")


@pytest.mark.requirement("S124")
def test_one_role_and_three_take_the_same_number_of_queries(acme: Cast, alice: Api) -> None:
    first = compose(alice, "audit:read")
    give(alice, first, acme.people["bob"].id)
    one = [statements_of(lambda path=path: alice.get(path)) for path in ("roles/", f"roles/{first}/members/")]
    for number in (2, 3):
        give(alice, compose(alice, "users:read", name=f"Role {number}"), acme.people["bob"].id)
    for name in ("vera", "alice"):
        give(alice, first, acme.people[name].id)
    three = [statements_of(lambda path=path: alice.get(path)) for path in ("roles/", f"roles/{first}/members/")]
    assert [len(each) for each in one] == [len(each) for each in three] == [2, 3]


def test_a_permission_that_no_app_declares_any_more_counts_for_nothing_and_is_shown(acme: Cast, alice: Api) -> None:
    role = compose(alice, "audit:read")
    give(alice, role, acme.people["vera"].id)
    rows("UPDATE roles SET permissions = 'audit:read console:enter gone:read'", acme)
    shown = alice.get(f"roles/{role}/").body
    assert (shown["permissions"], shown["undeclared_permissions"]) == (["audit:read"], ["console:enter", "gone:read"])
    held = api_of(acme, "vera").get("me/").body["permissions"]
    assert held == sorted(permissions_of("viewer") | {"audit:read"})


@pytest.mark.parametrize("identity", ["1", "members", "%00", "..%2f", "x" * 500])
def test_what_is_no_id_is_nobodys(acme: Cast, alice: Api, identity: str) -> None:
    role = compose(alice, "audit:read")
    for path in (f"roles/{identity}/", f"roles/{role}/members/{identity}/"):
        assert alice.delete(path).status in (404, 405)


def test_members_are_those_of_a_role_that_is_there(alice: Api) -> None:
    nobodys = uuid4()
    assert alice.get(f"roles/{nobodys}/members/").status == 404
    assert give(alice, str(nobodys), nobodys).status == 404
