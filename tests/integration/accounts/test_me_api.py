"""GET /me/."""

from __future__ import annotations

import pytest

from tests.acts import statements_of
from tests.cast import Api, Cast
from workix.core.apps import permissions_of


@pytest.mark.requirement("S12")
def test_alice_sees_herself(acme: Cast, alice: Api) -> None:
    answer = alice.get("me/")
    person = acme.people["alice"]
    assert answer.status == 200
    assert answer.body == {
        "id": str(person.id),
        "email": "alice@acme.example",
        "first_name": "Alice",
        "last_name": "",
        "role": "admin",
        "is_active": True,
        "created_at": person.created_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "updated_at": answer.body["updated_at"],
        "last_login": answer.body["last_login"],
        "permissions": sorted(permissions_of("admin")),
    }


@pytest.mark.requirement("S13")
def test_everybody_sees_themselves(bob: Api, vera: Api, mallory: Api) -> None:
    assert [each.get("me/").body["email"] for each in (bob, vera, mallory)] == [
        "bob@acme.example",
        "vera@acme.example",
        "mallory@globex.example",
    ]


def test_head_is_answered_like_get_without_a_body(alice: Api) -> None:
    answer = alice.call("HEAD", "me/")
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.requirement("S134")
def test_without_a_token_nobody_is_anybody(anonymous: Api) -> None:
    answer = anonymous.get("me/")
    assert (answer.status, answer.body["code"]) == (401, "not_authenticated")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="workix"'


@pytest.mark.requirement("S135")
@pytest.mark.parametrize("credential", ["Bearer garbage", "Bearer ", "bearer a.b.c", "Bearer é.é.é"])
def test_a_token_that_is_none_is_refused(anonymous: Api, credential: str) -> None:
    answer = anonymous.get("me/", Authorization=credential)
    assert (answer.status, answer.body["code"]) == (401, "token_not_valid")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="workix"'


@pytest.mark.parametrize("credential", ["Basic YWxpY2U6cA==", "Token x", ""])
def test_another_kind_of_credential_is_none(anonymous: Api, credential: str) -> None:
    answer = anonymous.get("me/", Authorization=credential)
    assert (answer.status, answer.body["code"]) == (401, "not_authenticated")


def test_it_is_exactly_one_query(alice: Api) -> None:
    alice.get("me/")
    assert len(statements_of(lambda: alice.get("me/"))) == 1
