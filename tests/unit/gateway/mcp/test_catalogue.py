"""gateway.mcp.catalogue: what the API can do, while it answers and while it does not, at a server that keeps still when told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import anyio
import orjson
import pytest

from gateway.mcp import catalogue as module
from gateway.mcp.api import Api, ApiError
from gateway.mcp.catalogue import Catalogue

_PROBLEM = {"403": {"content": {"application/problem+json": {}}}}
_READ = {"operationId": "users_list", "x-permission": "users:read", "responses": {"200": {"content": {}}, **_PROBLEM}}


class Server(ThreadingHTTPServer):
    """Tells what it can do; or fails, or keeps still until it is asked to go on. `asked` counts."""

    daemon_threads = True
    asked = 0
    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.goes_on = threading.Event()
        self.goes_on.set()


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked += 1
        self.server.goes_on.wait(10)
        body = orjson.dumps({"paths": {"/users/": {"get": _READ}}})
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.goes_on.set()
        server.shutdown()


def at(server: Server, act: Callable[[Catalogue], Any]) -> None:
    async def acted() -> None:
        address = f"http://127.0.0.1:{server.server_port}"
        async with Api(address, address) as api:
            await act(Catalogue(api))

    anyio.run(acted)


async def told(catalogue: Catalogue) -> str:
    """Ask for the tools: their names, or why there are none."""
    try:
        return ",".join(await catalogue.operations())
    except ApiError as error:
        return str(error)


async def all_told(catalogue: Catalogue, count: int) -> list[str]:
    found: list[str] = []

    async def ask() -> None:
        found.append(await told(catalogue))

    async with anyio.create_task_group() as group:
        for _ in range(count):
            group.start_soon(ask)
    return found


def test_where_the_api_fails_all_who_wait_are_told_by_one_question_and_it_is_asked_again_later(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def act(catalogue: Catalogue) -> None:
        server.status = 503
        assert set(await all_told(catalogue, 5)) == {"The API answered 503 when it was asked what it can do."}
        server.status = 200
        assert (await told(catalogue), server.asked) == ("The API answered 503 when it was asked what it can do.", 1)
        later = time.monotonic() + module.AGAIN
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: later))
        assert (await told(catalogue), server.asked) == ("users_list", 2)

    at(server, act)


def test_who_has_an_old_document_does_not_wait_for_an_api_that_keeps_still(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.1)
    monkeypatch.setattr(module, "KEPT", 0.0)

    async def act(catalogue: Catalogue) -> None:
        assert await told(catalogue) == "users_list"
        server.goes_on.clear()
        with anyio.fail_after(5):
            assert await all_told(catalogue, 5) == ["users_list"] * 5
        assert (await told(catalogue), server.asked) == ("users_list", 2)

    at(server, act)
