"""gateway.mcp.api: what goes along with a call, and answers that are none, at a server that says what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import anyio
import orjson
import pytest

from gateway.mcp import api as module
from gateway.mcp.api import Api, ApiAnswer, ApiError, Caller
from gateway.mcp.calls import Call

ADA = Caller("Bearer wxa_1", "203.0.113.7", "Claude/1")


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers of the request, a cookie, and what the path asks for."""

    def do_GET(self) -> None:
        status = 301 if self.path == "/elsewhere" else 200
        body = b"<html>" if self.path == "/html" else orjson.dumps(dict(self.headers))
        body *= 100 if self.path == "/large" else 1
        if self.path != "/silence":
            self.send_response(status)
            self.send_header("Set-Cookie", "a=b; Path=/")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def ask(address: str, *callers: Caller, path: str = "/", public: str = "https://api.example.com") -> ApiAnswer:
    async def asked() -> ApiAnswer:
        async with Api(address, public) as api:
            return [await api.send(Call("GET", path, {}, None), each) for each in callers or (ADA,)][-1]

    return anyio.run(asked)


def test_a_call_goes_with_the_key_and_the_address_of_the_caller(address: str) -> None:
    told = ask(address).body
    sent = {name: told.get(name) for name in ("Host", "Authorization", "X-Forwarded-For", "X-Forwarded-Proto")}
    assert list(sent.values()) == ["api.example.com", "Bearer wxa_1", "203.0.113.7", "https"]
    assert (told["User-Agent"].endswith(" Claude/1"), told["User-Agent"].startswith("workix-mcp/")) == (True, True)


def test_nothing_of_one_caller_goes_with_the_next(address: str) -> None:
    told = ask(address, ADA, Caller("")).body
    assert not told.keys() & {"Authorization", "Cookie", "X-Forwarded-For"}


def test_where_the_platform_is_public_it_is_called_as_it_is(address: str) -> None:
    told = ask(address, public=address).body
    assert (told["Host"], "X-Forwarded-Proto" in told) == (address.removeprefix("http://"), False)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/html", "The API answered 200, and not in JSON."),
        ("/elsewhere", "The API is elsewhere."),
        ("/large", "The answer is too large."),
        ("/silence", "The API did not answer. Look whether it was done"),
    ],
)
def test_what_is_no_answer_is_told(address: str, monkeypatch: pytest.MonkeyPatch, path: str, sentence: str) -> None:
    monkeypatch.setattr(module, "LARGEST_ANSWER", 2_000)
    with pytest.raises(ApiError, match=sentence):
        ask(address, path=path)


def test_where_nobody_is_nothing_was_done() -> None:
    with pytest.raises(ApiError, match="can't be reached, so nothing was done"):
        ask("http://127.0.0.1:9")
