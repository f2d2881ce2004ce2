"""GET /me/."""

from __future__ import annotations

from tests.cast import Api, Place


def test_alice_sees_herself(acme: Place, alice: Api) -> None:
    answer = alice.get("me/")
    assert (answer.status, answer.body["email"], answer.body["role"]) == (200, "alice@acme.example", "admin")


def test_without_a_token_nobody_is_anybody(anonymous: Api) -> None:
    answer = anonymous.get("me/")
    assert (answer.status, answer.body["code"]) == (401, "not_authenticated")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="workix"'
