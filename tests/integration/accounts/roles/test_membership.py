"""Who has own roles: given and taken, held from the next call in token, session and dashboard alike, gone with the person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.roles.membership import MOST_FOR_A_PERSON, why
from tenants.scope import use_tenant
from tests.acts import rows, statements_of
from tests.browsers import browser_of
from tests.cast import PASSWORD, Api, Cast, api_of
from tests.integration.accounts.roles.composed import acts, compose, give, told, with_role
from workix.core.apps import permissions_of

TRAIL = "audit-logs/"


def test_a_role_is_given_and_taken_and_each_holds_from_the_next_call(acme: Cast, alice: Api) -> None:
    bob, person = api_of(acme, "bob"), acme.people["bob"]
    role = compose(alice, "audit:read", "dashboard:enter")
    assert bob.get(TRAIL).status == 403
    given = give(alice, role, person.id)
    assert (given.status, given.headers["Location"]) == (201, f"/api/v1/roles/{role}/members/{person.id}/")
    assert (given.body["email"], given.body["role"]) == ("bob@acme.example", "user")
    assert (bob.get(TRAIL).status, alice.get(f"roles/{role}/").body["members_count"]) == (200, 1)
    assert [each["email"] for each in alice.get(f"roles/{role}/members/").body["results"]] == ["bob@acme.example"]
    assert alice.delete(f"roles/{role}/members/{person.id}/").status == 204
    assert (bob.get(TRAIL).status, alice.delete(f"roles/{role}/members/{person.id}/").status) == (403, 404)
    assert acts(acme) == [
        ("role.created", "alice@acme.example", "Auditors"),
        ("role_member.created", "alice@acme.example", "Auditors"),
        ("role_member.deleted", "alice@acme.example", "Auditors"),
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda alice, role: alice.patch(f"roles/{role}/", {"permissions": ["users:read"]}),
        lambda alice, role: alice.delete(f"roles/{role}/"),
    ],
    ids=["narrowed", "deleted"],
)
def test_a_change_holds_from_the_next_call_in_token_session_and_dashboard(
    acme: Cast, alice: Api, change: Callable[[Api, str], Any]
) -> None:
    bob, role = with_role(acme, alice, "bob", "audit:read", "dashboard:enter")
    browser = browser_of(acme, "bob")
    pages = (
        lambda: bob.get(TRAIL),
        lambda: browser.get("/admin/audit/logentry/"),
        lambda: browser.get("/api/v1/audit-logs/"),
    )
    assert [page().status for page in pages] == [200, 200, 200]
    assert change(alice, role).status in (200, 204)
    assert 200 not in [page().status for page in pages]


def test_the_look_up_of_authentication_reads_it_with_no_other_statement(acme: Cast, alice: Api) -> None:
    bob = api_of(acme, "bob")
    bob.get("me/")
    before = statements_of(lambda: bob.get("me/"))
    give(alice, compose(alice, "audit:read"), acme.people["bob"].id)
    assert len(statements_of(lambda: bob.get("me/"))) == len(before) == 1


def test_me_tells_what_one_may_do(acme: Cast, alice: Api) -> None:
    assert alice.get("me/").body["permissions"] == sorted(permissions_of("admin"))
    bob, _ = with_role(acme, alice, "bob", "audit:read")
    held = sorted(permissions_of("user") | {"audit:read"})
    assert (bob.get("me/").body["permissions"], bob.patch("me/", {}).body["permissions"]) == (held, held)


def test_it_is_said_which_role_something_comes_from(acme: Cast, alice: Api) -> None:
    with_role(acme, alice, "bob", "audit:read", "users:read")
    with use_tenant(acme.organization):
        found = {name: by for name, _, by in why(acme.people["bob"])}
    assert (found["audit:read"], found["users:read"]) == (["Deputies"], ["User", "Deputies"])


def test_a_role_is_called_in_the_trail_what_it_is_called_now(acme: Cast, alice: Api) -> None:
    _, role = with_role(acme, alice, "bob", "audit:read")
    alice.patch(f"roles/{role}/", {"name": "Readers"})
    alice.delete(f"roles/{role}/members/{acme.people['bob'].id}/")
    assert [(action, label) for action, _, label in acts(acme)] == [
        ("role.created", "Deputies"),
        ("role_member.created", "Deputies"),
        ("role.updated", "Readers"),
        ("role_member.updated", "Readers"),
        ("role_member.deleted", "Readers"),
    ]


def test_a_deleted_role_is_taken_from_everybody_in_the_trail(acme: Cast, alice: Api) -> None:
    _, role = with_role(acme, alice, "bob", "audit:read")
    give(alice, role, acme.people["vera"].id)
    alice.delete(f"roles/{role}/")
    assert [action for action, _, _ in acts(acme)].count("role_member.deleted") == 2
    assert rows("SELECT count(*) FROM role_members", acme) == [(0,)]


def test_the_same_call_twice_gives_it_once(acme: Cast, alice: Api) -> None:
    role, bob = compose(alice, "audit:read"), acme.people["bob"].id
    assert [told(give(alice, role, bob)) for _ in range(2)] == [(201, ""), (409, "conflict")]


@pytest.mark.parametrize("user", [None, 7, "bob", "", "\x00", ["x"], "01a219ed-cccf-7b74-9a87-057b217606c6"], ids=repr)
def test_who_is_nobody_here_gets_nothing(acme: Cast, alice: Api, user: object) -> None:
    role = compose(alice, "audit:read")
    answer = alice.post(f"roles/{role}/members/", {"user": user})
    assert (answer.status, answer.body["errors"][0]["field"]) == (400, "user")


def test_nobody_of_another_organization_gets_a_role_here(acme: Cast, globex: Cast, alice: Api) -> None:
    role = compose(alice, "audit:read")
    assert give(alice, role, globex.people["mallory"].id).status == 400


def test_a_person_has_so_many_roles_and_no_more(acme: Cast, alice: Api) -> None:
    for number in range(MOST_FOR_A_PERSON):
        with_role(acme, alice, "bob", "audit:read", name=f"Role {number}") if number == 0 else give(
            alice, compose(alice, "audit:read", name=f"Role {number}"), acme.people["bob"].id
        )
    one_more = compose(alice, "audit:read", name="One more")
    assert told(give(alice, one_more, acme.people["bob"].id)) == (409, "conflict")


def test_who_may_not_log_in_holds_nothing_until_they_may_again(acme: Cast, alice: Api) -> None:
    with_role(acme, alice, "bob", "audit:read")
    path = f"users/{acme.people['bob'].id}/"
    alice.patch(path, {"is_active": False})
    with use_tenant(acme.organization):
        bob = type(acme.people["bob"]).objects.get(id=acme.people["bob"].id)
        assert bob.permissions == frozenset()
    alice.patch(path, {"is_active": True})
    assert "audit:read" in api_of(acme, "bob").get("me/").body["permissions"]


@pytest.mark.parametrize("kept", [False, True], ids=["removed", "removed by SQL"])
def test_who_leaves_and_comes_back_has_no_own_role(acme: Cast, alice: Api, kept: bool) -> None:
    bob = acme.people["bob"]
    with_role(acme, alice, "bob", "audit:read")
    if kept:
        rows("UPDATE users SET deleted_at = now(), is_active = false WHERE id = %(id)s", acme, id=bob.id)
    else:
        assert alice.delete(f"users/{bob.id}/").status == 204
        assert rows("SELECT count(*) FROM role_members", acme) == [(0,)]
    back = alice.post("users/", {"email": bob.email, "password": PASSWORD, "role": "viewer"})
    assert (back.body["id"], rows("SELECT count(*) FROM role_members", acme)) == (str(bob.id), [(0,)])


def test_the_last_admin_is_one_by_the_fixed_role(acme: Cast, alice: Api) -> None:
    with_role(acme, alice, "bob", *sorted(permissions_of("admin")))
    path = f"users/{acme.people['alice'].id}/"
    assert told(alice.patch(path, {"role": "user"})) == (409, "last_admin")
    assert told(api_of(acme, "bob").delete(path)) == (409, "last_admin")
