"""PATCH and DELETE /users/{id}/: the rules about people."""

from __future__ import annotations

import pytest

from tests.acts import at_once, join, rows, statements_of
from tests.cast import PASSWORD, Api, Cast
from workix.core.permissions import Role


def of(cast: Cast, name: str) -> str:
    return f"users/{cast.people[name].id}/"


def test_an_admin_changes_names_role_and_whether_somebody_may_log_in(acme: Cast, alice: Api, bob: Api) -> None:
    answer = alice.patch(of(acme, "bob"), {"first_name": "Robert", "role": "viewer"})
    assert (answer.status, answer.body["first_name"], answer.body["role"]) == (200, "Robert", "viewer")
    assert alice.patch(of(acme, "bob"), {"is_active": False}).body["is_active"] is False
    assert bob.get("me/").body["code"] == "session_revoked"


def test_what_nobody_may_change_is_refused_by_its_name(acme: Cast, alice: Api) -> None:
    before = alice.get(of(acme, "bob")).body
    answer = alice.patch(of(acme, "bob"), {"first_name": "B", "email": "b@acme.example", "organization_id": "2"})
    found = [(each["field"], each["code"]) for each in answer.body["errors"]]
    assert (answer.status, found) == (400, [("email", "unknown_field"), ("organization_id", "unknown_field")])
    assert alice.get(of(acme, "bob")).body == before


def test_removing_somebody_gives_back_their_seat_and_their_address(acme: Cast, alice: Api, bob: Api) -> None:
    assert alice.get("quotas/users/").body["used"] == 3
    assert alice.delete(of(acme, "bob")).status == 204
    assert (bob.get("me/").status, alice.get(of(acme, "bob")).status, alice.delete(of(acme, "bob")).status) == (
        401,
        404,
        404,
    )
    assert alice.get("quotas/users/").body["used"] == 2
    kept = rows("SELECT is_active, deleted_at IS NOT NULL FROM users WHERE email = 'bob@acme.example'", acme)
    assert kept == [(False, True)]
    assert Api().post("auth/login/", {"email": "bob@acme.example", "password": PASSWORD}).status == 401
    again = alice.post("users/", {"email": "bob@acme.example", "password": PASSWORD})
    assert again.status == 201


@pytest.mark.parametrize("changes", [{"role": "user"}, {"is_active": False}, None])
def test_the_last_active_admin_stays(acme: Cast, alice: Api, changes: dict[str, object] | None) -> None:
    path = of(acme, "alice")
    answer = alice.patch(path, changes) if changes else alice.delete(path)
    assert (answer.status, answer.body["code"]) == (409, "last_admin")
    assert alice.get("me/").body["role"] == "admin"


def test_an_admin_who_may_not_log_in_is_none_to_leave_the_organization_to(acme: Cast, alice: Api) -> None:
    ada = join(acme, "ada@acme.example", Role.ADMIN)
    assert alice.patch(f"users/{ada.id}/", {"is_active": False}).status == 200
    refused = alice.patch(of(acme, "alice"), {"role": "user"})
    assert (refused.status, refused.body["code"]) == (409, "last_admin")


@pytest.mark.requirement("S131")
def test_two_admins_who_demote_each_other_at_once_leave_one(acme: Cast, alice: Api) -> None:
    ada = join(acme, "ada@acme.example", Role.ADMIN)
    paths = [of(acme, "alice"), f"users/{ada.id}/"]
    answers = at_once(lambda number: alice.patch(paths[number], {"role": "user"}).status, 2)
    left = rows("SELECT count(*) FROM users WHERE role = 'admin' AND is_active AND deleted_at IS NULL", acme)
    assert (left, 200 in answers) == ([(1,)], True)


@pytest.mark.fault("H3")
def test_admins_are_locked_in_one_order_so_that_nobody_waits_for_each_other(acme: Cast, alice: Api) -> None:
    sent = statements_of(lambda: alice.patch(of(acme, "bob"), {"role": "viewer"}))
    assert len([each for each in sent if each.endswith('ORDER BY "users"."id" ASC FOR UPDATE')]) == 1


def test_people_are_found_filtered_and_ordered(acme: Cast, alice: Api) -> None:
    def emails(query: str) -> list[str]:
        return [each["email"].partition("@")[0] for each in alice.get(f"users/?{query}").body["results"]]

    assert emails("search=VERA") == ["vera"]
    assert emails("role=user") == ["bob"]
    assert emails("ordering=-email") == ["vera", "bob", "alice"]
    assert emails("page_size=1&page=2") == ["bob"]
    assert alice.get("users/?page_size=1").body["next"].endswith("/api/v1/users/?page=2&page_size=1")


@pytest.mark.parametrize(
    "query",
    [
        "role=nobody",
        "role=",
        "is_active=perhaps",
        "is_active=",
        "page_size=many",
        "ordering=password",
        "ordering=",
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(alice: Api, query: str) -> None:
    answer = alice.get(f"users/?{query}")
    assert (answer.status, [each["field"] for each in answer.body["errors"]]) == (400, [query.partition("=")[0]])
