"""/scim/v2/Groups: roles as groups, who is in them, and what no key may do."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from accounts.scim.groups import fixed_roles
from accounts.scim.groups import group as limits
from tests.acts import rows, statements_of
from tests.cast import Api, Cast
from tests.integration.accounts.scim.provider import BASE, GROUP, fault, patch, person, provider, roles


def members(*ids: str) -> list[dict[str, str]]:
    return [{"value": each} for each in ids]


def add(*ids: str) -> dict[str, Any]:
    return patch({"op": "add", "path": "members", "value": members(*ids)})


def remove(who: str) -> dict[str, Any]:
    return patch({"op": "remove", "path": f'members[value eq "{who}"]'})


def test_the_roles_are_groups_with_their_people(acme: Cast) -> None:
    listed = provider(acme).get("scim/v2/Groups").body
    assert (listed["totalResults"], [each["id"] for each in listed["Resources"]]) == (3, ["admin", "user", "viewer"])
    assert listed["Resources"][1] == {
        "schemas": [GROUP],
        "id": "user",
        "displayName": "User",
        "members": [
            {
                "value": person(acme, "bob"),
                "$ref": f"{BASE}/Users/{person(acme, 'bob')}",
                "display": "bob@acme.example",
            }
        ],
        "meta": {"resourceType": "Group", "location": f"{BASE}/Groups/user"},
    }
    assert provider(acme).get("scim/v2/Groups/user").body == listed["Resources"][1]


def test_who_is_put_into_a_group_has_its_role_from_the_next_call_on(acme: Cast, vera: Api) -> None:
    okta = provider(acme)
    answer = okta.patch("scim/v2/Groups/user", add(person(acme, "vera")))
    assert (answer.status, len(answer.body["members"])) == (200, 2)
    assert roles(acme) == {"alice": "admin", "bob": "user", "vera": "user"}
    assert vera.get("me/").status == 401, "a change of role ends sessions"


@pytest.mark.parametrize("first", ["add", "remove"])
def test_both_halves_of_a_move_may_come_in_any_order(acme: Cast, first: str) -> None:
    okta, vera = provider(acme), person(acme, "vera")
    halves = [("user", add(vera)), ("viewer", remove(vera))]
    for group, half in halves if first == "add" else reversed(halves):
        assert okta.patch(f"scim/v2/Groups/{group}", half).status == 200
    assert roles(acme)["vera"] == "user"


def test_who_is_taken_out_is_a_viewer(acme: Cast) -> None:
    assert provider(acme).patch("scim/v2/Groups/user", remove(person(acme, "bob"))).body.get("members") is None
    assert roles(acme)["bob"] == "viewer"


def test_members_are_replaced_by_put_and_by_patch(acme: Cast) -> None:
    okta, vera, bob = provider(acme), person(acme, "vera"), person(acme, "bob")
    body = {"schemas": [GROUP], "displayName": "User", "members": members(vera)}
    assert okta.call("PUT", "scim/v2/Groups/user", body).status == 200
    assert roles(acme) == {"alice": "admin", "bob": "viewer", "vera": "user"}
    okta.patch("scim/v2/Groups/user", patch({"op": "replace", "path": "members", "value": members(bob)}))
    assert roles(acme) == {"alice": "admin", "bob": "user", "vera": "viewer"}


@pytest.mark.parametrize(
    "half",
    [
        {"op": "Remove", "path": "members", "value": [{"value": "BOB"}]},
        {"op": "remove", "path": "members"},
        {"op": "remove", "path": 'urn:ietf:params:scim:schemas:core:2.0:Group:members[value eq "BOB"]'},
        {"op": "remove", "path": 'members[value eq "BOB" or value eq "VERA"]'},
    ],
    ids=["as Entra ID names them", "all of them", "with the schema's URN", "two by one filter"],
)
def test_members_are_removed_in_every_way_a_provider_says_it(acme: Cast, half: dict[str, Any]) -> None:
    bob, vera = person(acme, "bob"), person(acme, "vera")
    said = {
        name: value.replace("BOB", bob).replace("VERA", vera) if isinstance(value, str) else value
        for name, value in half.items()
    }
    if "value" in said:
        said["value"] = members(bob)
    assert provider(acme).patch("scim/v2/Groups/user", patch(said)).status == 200
    assert roles(acme)["bob"] == "viewer"


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "replace", "value": {"id": "user", "displayName": "User"}},
        {"op": "add", "value": {"members": []}},
        {"op": "replace", "path": "displayName", "value": "User"},
        {"op": "replace", "path": "externalId", "value": "00g1"},
    ],
    ids=["as Okta renames", "nobody", "the same name", "an id of the provider's"],
)
def test_what_changes_nothing_is_taken(acme: Cast, operation: dict[str, Any]) -> None:
    before = roles(acme)
    assert provider(acme).patch("scim/v2/Groups/user", patch(operation)).status == 200
    assert roles(acme) == before


def test_no_key_makes_an_admin(acme: Cast) -> None:
    okta, bob, alice = provider(acme), person(acme, "bob"), person(acme, "alice")
    assert fault(okta.patch("scim/v2/Groups/admin", add(bob))) == (403, "")
    assert fault(
        okta.patch("scim/v2/Groups/admin", patch({"op": "replace", "value": {"members": members(alice, bob)}}))
    ) == (
        403,
        "",
    )
    body = {"displayName": "Admin", "members": members(alice, bob)}
    assert fault(okta.call("PUT", "scim/v2/Groups/admin", body)) == (403, "")
    assert roles(acme)["bob"] == "user"


def test_no_key_takes_the_role_of_an_admin(acme: Cast, alice: Api) -> None:
    okta, bob = provider(acme), person(acme, "bob")
    alice.patch(f"users/{bob}/", {"role": "admin"})
    assert fault(okta.patch("scim/v2/Groups/admin", remove(bob))) == (403, "")
    assert okta.patch("scim/v2/Groups/user", add(bob)).status == 200
    assert okta.call("PUT", "scim/v2/Groups/viewer", {"displayName": "Viewer", "members": members(bob)}).status == 200
    assert roles(acme) == {"alice": "admin", "bob": "admin", "vera": "viewer"}


def test_a_group_operation_is_done_as_a_whole_or_not_at_all(acme: Cast) -> None:
    both = patch(
        {"op": "add", "path": "members", "value": members(person(acme, "vera"))},
        {"op": "add", "path": "members", "value": members(str(uuid.uuid4()))},
    )
    assert fault(provider(acme).patch("scim/v2/Groups/user", both)) == (400, "invalidValue")
    assert roles(acme)["vera"] == "viewer"


def test_a_person_of_another_organization_is_nobody_here(acme: Cast, globex: Cast) -> None:
    okta, mallory = provider(acme), person(globex, "mallory")
    assert provider(globex).get(f"scim/v2/Users/{mallory}").status == 200
    assert fault(okta.patch("scim/v2/Groups/viewer", add(mallory))) == (400, "invalidValue")
    assert fault(okta.get(f"scim/v2/Users/{mallory}")) == (404, "")
    asked = okta.get(f'scim/v2/Groups?filter=members eq "{mallory}"')
    assert asked.body["totalResults"] == 0
    assert roles(globex)["mallory"] == "user"


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ('displayName eq "user"', ["user"]),
        ('displayName eq "USER" or id eq "admin"', ["admin", "user"]),
        ('not (displayName co "e")', ["admin"]),
        ('id eq "user" and members eq "BOB"', ["user"]),
        ('members[value eq "BOB"]', ["user"]),
        ('members.value ne "BOB"', ["admin", "viewer"]),
        ('id eq "viewer" and members eq "BOB"', []),
        ('members.value eq "nobody"', []),
        ("externalId pr", []),
        ("displayName pr", ["admin", "user", "viewer"]),
    ],
)
def test_groups_are_filtered(acme: Cast, wanted: str, names: list[str]) -> None:
    asked = wanted.replace("BOB", person(acme, "bob"))
    listed = provider(acme).get(f"scim/v2/Groups?filter={asked}").body
    assert [each["id"] for each in listed["Resources"]] == names


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "Groups", 405),
        ("DELETE", "Groups/user", 405),
        ("GET", "Groups/owner", 404),
        ("PATCH", "Groups/owner", 404),
    ],
)
def test_roles_are_not_made_or_removed_here(acme: Cast, method: str, path: str, status: int) -> None:
    body = patch({"op": "add", "path": "members", "value": []}) if method == "PATCH" else {"displayName": "Owner"}
    assert fault(provider(acme).call(method, f"scim/v2/{path}", body)) == (status, "")


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ({"op": "replace", "path": "displayName", "value": "Boss"}, "mutability"),
        ({"op": "remove", "path": "displayName"}, "mutability"),
        ({"op": "replace", "path": "id", "value": "boss"}, "mutability"),
        ({"op": "add", "path": "owners", "value": []}, "invalidPath"),
        ({"op": "add", "path": 'members[value eq "x"]', "value": []}, "invalidPath"),
        ({"op": "remove", "path": 'members[display eq "x"]'}, "invalidPath"),
        ({"op": "add", "path": "members", "value": [{"value": "x"}]}, "invalidValue"),
        ({"op": "add", "path": "members", "value": [1]}, "invalidValue"),
        ({"op": "add", "path": "members", "value": [{"display": "Bob"}]}, "invalidValue"),
        ({"op": "add", "path": "members", "value": members(*["a"] * 1_001)}, "invalidValue"),
    ],
)
def test_an_operation_that_can_not_be_is_refused(acme: Cast, operation: dict[str, Any], expected: str) -> None:
    assert fault(provider(acme).patch("scim/v2/Groups/user", patch(operation))) == (400, expected)


def test_of_a_group_that_is_too_large_no_member_is_named(acme: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixed_roles, "MOST_MEMBERS", 0)
    listed = provider(acme).get("scim/v2/Groups").body
    assert ["members" in each for each in listed["Resources"]] == [False] * 3
    body = {"displayName": "User", "members": []}
    assert fault(provider(acme).call("PUT", "scim/v2/Groups/user", body)) == (400, "invalidValue")


def test_one_request_moves_so_many_people(acme: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_MOVED", 1)
    both = add(person(acme, "bob"), person(acme, "vera"))
    assert fault(provider(acme).patch("scim/v2/Groups/user", both)) == (400, "invalidValue")


def test_one_member_and_three_take_the_same_number_of_queries(acme: Cast) -> None:
    okta = provider(acme)
    okta.get("scim/v2/Groups")
    rows("UPDATE users SET role = 'user' WHERE role = 'viewer'", acme)
    three = statements_of(lambda: okta.get("scim/v2/Groups"))
    rows("UPDATE users SET deleted_at = now() WHERE email <> 'alice@acme.example'", acme)
    one = statements_of(lambda: okta.get("scim/v2/Groups"))
    none = statements_of(lambda: okta.get("scim/v2/Groups?excludedAttributes=members"))
    assert (len(one), len(three), len(none)) == (4, 4, 2)
