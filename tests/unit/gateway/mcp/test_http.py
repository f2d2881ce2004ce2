"""gateway.mcp.http: whose a request is, which hosts are answered, and how long a body is waited for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import anyio
import pytest
from django.conf import settings
from starlette.requests import Request

from gateway.mcp import http
from gateway.mcp.api import Caller
from workix.config.values import networks


@dataclass
class Asked:
    """What the SDK hands over of a request."""

    request: Any


def asked(*headers: tuple[str, str], client: str = "10.0.0.5") -> Any:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    return Asked(Request({"type": "http", "headers": raw, "client": (client, 1)}))


@pytest.fixture
def behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        settings, "WORKIX", settings.WORKIX.model_copy(update={"trusted_proxies": networks("10.0.0.0/8")})
    )


@pytest.mark.usefixtures("behind_a_proxy")
def test_the_client_is_known_behind_proxies_that_are_trusted_alone() -> None:
    key = ("authorization", "bearer  wxa_1 ")
    forwarded = ("x-forwarded-for", "198.51.100.9, 203.0.113.7")
    assert http.caller_of(asked(key, forwarded)) == Caller("Bearer wxa_1", "203.0.113.7")
    assert http.caller_of(asked(key, forwarded, client="192.0.2.1")) == Caller("Bearer wxa_1", "192.0.2.1")
    assert http.caller_of(asked(key, ("user-agent", "Claude\xe9\t/1"))).agent == "Claude/1"


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("authorization", "Basic eDp5")],
        [("authorization", "Bearer ")],
        [("authorization", "Bearer a")] * 2,
        [("authorization", "Bearer wxa_\xfc")],
        [("authorization", "Bearer wxa_\t1")],
        [("authorization", f"Bearer {'a' * 8_001}")],
    ],
)
def test_who_has_no_key_or_two_or_what_can_be_none_has_none(headers: list[tuple[str, str]]) -> None:
    assert http.caller_of(asked(*headers)).authorization == ""


def test_a_key_is_in_no_repr() -> None:
    assert "wxa_1" not in repr(Caller("Bearer wxa_1"))


def test_the_hosts_that_are_answered() -> None:
    named = {
        "public_url": "https://api.example.com",
        "mcp_url": "https://mcp.example.com:8443",
        "mcp_bind": "0.0.0.0:1",
    }
    hosts = http._hosts(settings.WORKIX.model_copy(update=named))
    assert set(hosts) >= {"api.example.com", "mcp.example.com:8443", "localhost:*", "127.0.0.1", "[::1]:*"}
    assert not [each for each in hosts if "0.0.0.0" in each]
    assert "10.1.1.1:*" in http._hosts(settings.WORKIX.model_copy(update={"mcp_bind": "10.1.1.1:8766"}))


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "BODY_SECONDS", 0.02)

    async def never() -> Any:
        await anyio.sleep_forever()

    assert anyio.run(http._whole, never) is None


def test_a_body_is_put_together_and_read_no_further_than_it_may_be_long() -> None:
    def received(*parts: bytes) -> Any:
        waiting = [{"type": "http.request", "body": each, "more_body": True} for each in parts]
        waiting.append({"type": "http.request", "body": b"!", "more_body": False})

        async def receive() -> Any:
            return waiting.pop(0)

        return anyio.run(http._whole, receive)

    assert received(b"a", b"b") == {"type": "http.request", "body": b"ab!", "more_body": False}
    assert len(received(b"x" * http.LARGEST_BODY, b"y", b"z")["body"]) == http.LARGEST_BODY + 1


def test_who_leaves_before_the_body_has_come_is_let_go() -> None:
    async def gone() -> Any:
        return {"type": "http.disconnect"}

    assert anyio.run(http._whole, gone) == {"type": "http.disconnect"}
