"""What Okta and Entra ID send, word for word as their guides have it: each is done, none stops the provisioning of a person."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import Api, Cast
from tests.integration.accounts.scim.provider import PATCH, USER, found, person, provider, roles

ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"


@pytest.fixture
def okta(acme: Cast) -> Api:
    return provider(acme)


@pytest.fixture
def bob(acme: Cast) -> str:
    return f"scim/v2/Users/{person(acme, 'bob')}"


def test_the_connection_is_tried_by_asking_for_nobody(okta: Api) -> None:
    entra = okta.get('scim/v2/Users?filter=userName eq "0f9e1b7c-0000-4000-8000-000000000000"')
    assert (found(entra), entra.body["totalResults"]) == ([], 0)
    assert okta.get("scim/v2/Users?startIndex=1&count=1").body["itemsPerPage"] == 1


def test_okta_adds_somebody_with_all_it_has(okta: Api) -> None:
    answer = okta.post(
        "scim/v2/Users",
        {
            "schemas": [USER],
            "userName": "carol@acme.example",
            "name": {"givenName": "Carol", "familyName": "Cole", "middleName": "C."},
            "emails": [{"primary": True, "value": "carol@acme.example", "type": "work"}],
            "displayName": "Carol Cole",
            "locale": "en-US",
            "externalId": "00ujl29u0le5T6Aj10h7",
            "groups": [],
            "password": "1mz050nq",
            "active": True,
        },
    )
    assert (answer.status, answer.body["externalId"]) == (201, "00ujl29u0le5T6Aj10h7")
    assert "password" not in answer.body


def test_entra_adds_somebody_with_an_extension_and_a_title(okta: Api) -> None:
    body = {
        "schemas": [USER, ENTERPRISE],
        "externalId": "carol",
        "userName": "carol@acme.example",
        "active": True,
        "emails": [{"primary": True, "type": "work", "value": "carol.cole@acme.example"}],
        "meta": {"resourceType": "User"},
        "name": {"formatted": "Carol Cole", "familyName": "Cole", "givenName": "Carol"},
        "roles": [],
        "title": "Engineer",
        ENTERPRISE: {"department": "Pipes", "manager": {"value": "1"}},
    }
    answer = okta.post("scim/v2/Users", body, Content_Type="application/scim+json")
    assert (answer.status, answer.body["emails"][0]["value"]) == (201, "carol@acme.example")


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "Replace", "path": "active", "value": "False"},
        {"op": "replace", "value": {"active": False}},
        {"op": "REPLACE", "path": "ACTIVE", "value": "false"},
        {"op": "Add", "path": "active", "value": False},
        {"op": "replace", "path": f"{USER}:active", "value": False},
        {"op": "replace", "value": {f"{USER}:active": "False"}},
    ],
    ids=["Entra", "Okta", "capitals", "add", "a URN in the path", "a URN in the value"],
)
def test_somebody_is_deactivated_in_every_way_it_is_said(okta: Api, bob: str, operation: dict[str, Any]) -> None:
    assert okta.patch(bob, {"schemas": [PATCH], "Operations": [operation]}).body["active"] is False


def test_entra_sends_paths_of_many_kinds_at_once(okta: Api, bob: str) -> None:
    operations = [
        {"op": "Replace", "path": 'emails[type eq "work"].value', "value": "robert@acme.example"},
        {"op": "Replace", "path": "displayName", "value": "Robert Brown"},
        {"op": "Add", "path": f"{ENTERPRISE}:department", "value": "Pipes"},
        {"op": "Add", "path": f"{ENTERPRISE}:manager.value", "value": "1"},
        {"op": "Add", "path": 'addresses[type eq "work"].formatted', "value": "Main Street"},
        {"op": "Remove", "path": 'phoneNumbers[type eq "mobile"]'},
        {"op": "Replace", "value": {"name.givenName": "Robert", "name.familyName": "Brown", "title": "Plumber"}},
    ]
    after = okta.patch(bob, {"schemas": [PATCH], "Operations": operations}).body
    assert (after["name"], after["emails"][0]["value"]) == (
        {"givenName": "Robert", "familyName": "Brown"},
        "bob@acme.example",
    )


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        ({"op": "replace", "path": "name", "value": {"givenName": "Rob"}}, {"givenName": "Rob"}),
        (
            {"op": "add", "value": {"name": {"familyName": "B"}}},
            {"givenName": "Bob", "familyName": "B"},
        ),
        ({"op": "remove", "path": "name.givenName"}, None),
        ({"op": "remove", "path": "name"}, None),
        ({"op": "replace", "path": "name.givenName", "value": None}, None),
        ({"op": "replace", "path": "externalId", "value": "x"}, {"givenName": "Bob"}),
    ],
)
def test_names_are_set_and_taken_away(
    okta: Api, bob: str, operation: dict[str, Any], name: dict[str, str] | None
) -> None:
    assert okta.patch(bob, {"schemas": [PATCH], "Operations": [operation]}).body.get("name") == name


def test_okta_sends_the_id_along(okta: Api, bob: str) -> None:
    value = {"id": bob.rpartition("/")[2], "active": False}
    answer = okta.patch(bob, {"schemas": [PATCH], "Operations": [{"op": "replace", "value": value}]})
    assert (answer.status, answer.body["active"]) == (200, False)


def test_entra_looks_whether_somebody_is_in_a_group_and_puts_them_in(acme: Cast, okta: Api) -> None:
    vera = person(acme, "vera")
    group = okta.get('scim/v2/Groups?excludedAttributes=members&filter=displayName eq "User"').body["Resources"][0]
    asked = f'scim/v2/Groups?excludedAttributes=members&filter=id eq "{group["id"]}" and members eq "{vera}"'
    assert okta.get(asked).body["totalResults"] == 0
    operation = {"op": "Add", "path": "members", "value": [{"$ref": None, "value": vera}]}
    okta.patch(f"scim/v2/Groups/{group['id']}", {"schemas": [PATCH], "Operations": [operation]})
    assert (okta.get(asked).body["totalResults"], roles(acme)["vera"]) == (1, "user")


def test_okta_puts_people_in_and_takes_them_out_in_one_request(acme: Cast, okta: Api) -> None:
    vera, bob = person(acme, "vera"), person(acme, "bob")
    operations = [
        {"op": "remove", "path": f'members[value eq "{bob}"]'},
        {"op": "add", "path": "members", "value": [{"value": vera, "display": "vera@acme.example"}]},
    ]
    okta.patch("scim/v2/Groups/user", {"schemas": [PATCH], "Operations": operations})
    assert roles(acme) == {"alice": "admin", "bob": "viewer", "vera": "user"}
