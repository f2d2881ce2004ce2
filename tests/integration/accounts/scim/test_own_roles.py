"""Own roles as SCIM groups: listed, filtered, given and taken by a key that may confer them, and by no other."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.acts import at_once, rows
from tests.cast import Answer, Api, Cast
from tests.integration.accounts.api_keys.callers import service
from tests.integration.accounts.roles.composed import acts, compose, give
from tests.integration.accounts.scim.provider import BASE, GROUP, fault, found, patch, person, provider, roles

BEYOND = (403, "")


@pytest.fixture
def auditors(alice: Api) -> str:
    return compose(alice, "audit:read")


@pytest.fixture
def okta(acme: Cast) -> Api:
    """Speak with a key that may confer what auditors do."""
    return service(acme, "scim:provision", "audit:read")


def members(*ids: str) -> list[dict[str, str]]:
    return [{"value": each} for each in ids]


def add(api: Api, role: str, *ids: str, **more: Any) -> Answer:
    return api.patch(f"scim/v2/Groups/{role}", patch({"op": "add", "path": "members", "value": members(*ids)}), **more)


def remove(api: Api, role: str, who: str) -> Answer:
    return api.patch(f"scim/v2/Groups/{role}", patch({"op": "remove", "path": f'members[value eq "{who}"]'}))


def replace(api: Api, role: str, *ids: str, **more: Any) -> Answer:
    body = {"schemas": [GROUP], "displayName": "Auditors", "members": members(*ids)}
    return api.call("PUT", f"scim/v2/Groups/{role}", body, **more)


def holders(cast: Cast) -> list[str]:
    asked = "SELECT split_part(email, '@', 1) FROM role_members m JOIN users u ON u.id = m.user_id ORDER BY 1"
    return [name for (name,) in rows(asked, cast)]


def test_own_roles_are_groups_beside_the_fixed_ones(acme: Cast, alice: Api, okta: Api, auditors: str) -> None:
    give(alice, auditors, person(acme, "bob"))
    listed = okta.get("scim/v2/Groups").body["Resources"]
    assert [each["displayName"] for each in listed] == ["Admin", "User", "Viewer", "Auditors"]
    bob = {"value": person(acme, "bob"), "$ref": f"{BASE}/Users/{person(acme, 'bob')}", "display": "bob@acme.example"}
    read = okta.get(f"scim/v2/Groups/{auditors}")
    assert (
        read.body
        == listed[3]
        == {
            "schemas": [GROUP],
            "id": auditors,
            "displayName": "Auditors",
            "members": [bob],
            "meta": {"resourceType": "Group", "location": f"{BASE}/Groups/{auditors}", "version": read.headers["ETag"]},
        }
    )
    shown = okta.get(f"scim/v2/Users/{person(acme, 'bob')}").body["groups"]
    assert [(each["value"], each["display"]) for each in shown] == [("user", "User"), (auditors, "Auditors")]


def test_they_are_given_taken_and_replaced_and_the_fixed_role_stays(acme: Cast, okta: Api, auditors: str) -> None:
    bob, vera, alice = (person(acme, name) for name in ("bob", "vera", "alice"))
    assert add(okta, auditors, bob, alice).status == 200
    assert (add(okta, auditors, bob).status, holders(acme)) == (200, ["alice", "bob"]), "said twice"
    assert (remove(okta, auditors, bob).status, remove(okta, auditors, bob).status) == (200, 200)
    assert (holders(acme), replace(okta, auditors, vera).status, holders(acme)) == (["alice"], 200, ["vera"])
    assert replace(okta, auditors).body.get("members") is None
    assert roles(acme) == {"alice": "admin", "bob": "user", "vera": "viewer"}
    assert [(action, who) for action, who, _ in acts(acme)][:3] == [
        ("role.created", "alice@acme.example"),
        *[("role_member.created", "Runner")] * 2,
    ]


def test_what_it_grants_is_there_on_the_next_call(acme: Cast, okta: Api, auditors: str, vera: Api) -> None:
    assert vera.get("audit-logs/").status == 403
    assert add(okta, auditors, person(acme, "vera")).status == 200
    assert vera.get("audit-logs/").status == 200


def test_a_key_confers_what_it_holds_or_a_user_does_and_no_more(acme: Cast, alice: Api, okta: Api) -> None:
    bob, plain = person(acme, "bob"), provider(acme)
    readers, auditors = compose(alice, "users:read", name="Readers"), compose(alice, "audit:read", "users:read")
    assert [add(plain, readers, bob).status, fault(add(plain, auditors, bob))] == [200, BEYOND]
    for number, granted in enumerate(("users:write", "roles:write", "api_keys:write", "scim:provision")):
        role = compose(alice, "audit:read", granted, name=f"More {number}")
        assert fault(add(okta, role, bob)) == BEYOND
        assert fault(okta.call("PUT", f"scim/v2/Groups/{role}", {"members": members(bob)})) == BEYOND
    assert holders(acme) == ["bob"]


def test_a_key_takes_no_role_that_it_would_not_give(acme: Cast, alice: Api, okta: Api) -> None:
    deputies, bob = compose(alice, "users:write", name="Deputies"), person(acme, "bob")
    give(alice, deputies, bob)
    assert fault(remove(okta, deputies, bob)) == BEYOND
    assert fault(okta.patch(f"scim/v2/Groups/{deputies}", patch({"op": "remove", "path": "members"}))) == BEYOND
    assert add(okta, deputies, bob).status == 200, "they have it: nothing changes"
    assert remove(okta, deputies, person(acme, "vera")).status == 200
    assert holders(acme) == ["bob"]


def test_a_request_is_done_as_a_whole_or_not_at_all(acme: Cast, globex: Cast, okta: Api, auditors: str) -> None:
    bob = person(acme, "bob")
    both = ({"op": "add", "path": "members", "value": members(each)} for each in (bob, person(globex, "mallory")))
    assert fault(okta.patch(f"scim/v2/Groups/{auditors}", patch(*both))) == (400, "invalidValue")
    for name in ("displayName", "id"):
        renamed = patch({"op": "replace", "path": name, "value": "Inspectors"})
        assert fault(okta.patch(f"scim/v2/Groups/{auditors}", renamed)) == (400, "mutability")
    assert holders(acme) == []


def test_a_role_of_another_organization_is_nothing_here(globex: Cast, okta: Api, auditors: str) -> None:
    theirs = service(globex, "scim:provision", "audit:read")
    for answer in (theirs.get(f"scim/v2/Groups/{auditors}"), add(theirs, auditors), replace(theirs, auditors)):
        assert fault(answer) == (404, "")
    for nonsense in (str(uuid4()), auditors.upper(), auditors.replace("-", ""), "\u0661", "x" * 300, "%00"):
        assert fault(okta.get(f"scim/v2/Groups/{nonsense}"))[0] == 404
    assert fault(okta.call("DELETE", f"scim/v2/Groups/{auditors}")) == (405, "")


def test_a_version_says_whether_it_changed(acme: Cast, alice: Api, okta: Api, auditors: str) -> None:
    path = f"scim/v2/Groups/{auditors}"
    before = okta.get(path).headers["ETag"]
    assert okta.get(path, If_None_Match=before).status == 304
    changed = add(okta, auditors, person(acme, "bob"), If_Match=before)
    assert (changed.status, changed.headers["ETag"] != before) == (200, True)
    assert fault(add(okta, auditors, person(acme, "vera"), If_Match=before)) == (412, "")
    assert fault(replace(okta, auditors, If_Match=before)) == (412, "")
    assert (holders(acme), replace(okta, auditors, If_Match=changed.headers["ETag"]).status) == (["bob"], 200)
    renamed = okta.get(path).headers["ETag"]
    alice.patch(f"roles/{auditors}/", {"name": "Inspectors"})
    assert okta.get(path, If_None_Match=renamed).status == 200


def test_the_version_of_a_person_moves_with_their_groups(acme: Cast, okta: Api, auditors: str) -> None:
    path = f"scim/v2/Users/{person(acme, 'bob')}"
    before = okta.get(path).headers["ETag"]
    add(okta, auditors, person(acme, "bob"))
    assert okta.get(path, If_None_Match=before).status == 200
    gone = okta.patch(path, patch({"op": "replace", "path": "active", "value": False}), If_Match=before)
    assert fault(gone) == (412, "")


def test_groups_and_people_are_filtered_by_them(acme: Cast, okta: Api, auditors: str) -> None:
    add(okta, auditors, person(acme, "bob"))
    for asked, ids in (
        ('displayName eq "auditors"', [auditors]),
        (f'id eq "{auditors}"', [auditors]),
        (f'members eq "{person(acme, "bob")}"', ["user", auditors]),
        (f'members ne "{person(acme, "bob")}"', ["admin", "viewer"]),
    ):
        assert [each["id"] for each in okta.get(f"scim/v2/Groups?filter={asked}").body["Resources"]] == ids
    for asked, names in (
        (f'groups.value eq "{auditors}"', ["bob"]),
        (f'groups eq "{auditors}" or groups eq "admin"', ["alice", "bob"]),
        (f'groups.value ne "{auditors}"', ["alice", "vera"]),
        ('groups.display sw "audit"', ["bob"]),
        ('groups.display ne "Auditors"', ["alice", "vera"]),
    ):
        assert found(okta.get(f"scim/v2/Users?filter={asked}")) == names


def test_nobody_has_more_own_roles_than_anybody_may(acme: Cast, okta: Api, auditors: str) -> None:
    bob = person(acme, "bob")
    rows(
        "WITH made AS (INSERT INTO roles (id, created_at, updated_at, name, description, permissions)"
        " SELECT gen_random_uuid(), now(), now(), 'r' || n, '', 'users:read' FROM generate_series(1, 20) n RETURNING id, name)"
        " INSERT INTO role_members (id, created_at, updated_at, role_id, user_id, name)"
        " SELECT gen_random_uuid(), now(), now(), id, %(bob)s, name FROM made",
        acme,
        bob=bob,
    )
    assert fault(add(okta, auditors, bob)) == (409, "")


def test_patches_and_puts_that_cross_wait_for_each_other_in_one_order(acme: Cast, alice: Api, okta: Api) -> None:
    """What one request locks it locks at once, in the order of ids: a deadlock would be an answer of 500 or 503."""
    first, second = (compose(alice, "audit:read", name=name) for name in ("First", "Second"))
    bob, vera = person(acme, "bob"), person(acme, "vera")

    def patched(group: str, *people: str) -> int:
        added = [{"op": "add", "path": "members", "value": members(each)} for each in people]
        return okta.patch(f"scim/v2/Groups/{group}", patch(*added)).status

    crossing = [
        lambda: patched(first, bob, vera),
        lambda: patched(second, vera, bob),
        lambda: patched("user", bob, vera),
        lambda: patched("viewer", vera, bob),
        lambda: okta.call("PUT", f"scim/v2/Groups/{first}", {"schemas": [GROUP], "members": []}).status,
        lambda: alice.post(f"roles/{first}/members/", {"user": bob}).status,
    ]
    answers = [status for _ in range(2) for status in at_once(lambda n: crossing[n](), len(crossing))]
    assert set(answers) <= {200, 201, 409}, answers
