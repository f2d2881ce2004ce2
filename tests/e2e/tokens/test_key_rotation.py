"""The keys of access tokens change while a web server runs: it sees the file, and neither restarts nor logs anybody out."""

from __future__ import annotations

import json

import pytest

from tests.cast import OTTO, Answer
from tests.servers import Platform, wait_for

pytestmark = pytest.mark.drill


def published(platform: Platform) -> list[str]:
    return [key["kid"] for key in platform.call("GET", "/.well-known/jwks.json").body["keys"]]


def await_published(platform: Platform, *kids: str) -> None:
    wait_for(lambda: True if published(platform) == list(kids) else None)


def me(platform: Platform, tokens: Answer) -> int:
    return platform.call("GET", "/api/v1/me/", access=tokens.body["access"]).status


def test_a_running_server_publishes_the_next_key_and_forgets_one_that_leaked(
    platform: Platform, password_of_otto: str
) -> None:
    login = {"email": OTTO, "password": password_of_otto}
    tokens = platform.call("POST", "/api/v1/auth/login/", login)
    (old,) = published(platform)
    rotated = json.loads(platform.manage("signing_keys", "rotate", "--json"))
    assert [each["state"] for each in rotated] == ["next", "current"]
    await_published(platform, rotated[0]["id"], old)
    assert me(platform, tokens) == 200

    (only,) = json.loads(platform.manage("signing_keys", "replace-all", "--json"))
    await_published(platform, only["id"])
    assert me(platform, tokens) == 401
    renewed = platform.call("POST", "/api/v1/auth/refresh/", {"refresh": tokens.body["refresh"]})
    assert (renewed.status, me(platform, renewed)) == (200, 200)
