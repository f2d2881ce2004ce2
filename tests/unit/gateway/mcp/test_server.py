"""gateway.mcp.server: what is told where something of ours fails, and of other addresses, at an API that answers strangely."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import anyio
import httpx2
import orjson
import pytest
from django.conf import settings
from mcp.shared.exceptions import MCPError
from mcp_types import CallToolRequestParams

from gateway.mcp.api import Api, Caller
from gateway.mcp.http import make_app
from gateway.mcp.server import Tools

FAULT = "The fault is the platform's. Try once more in a minute; then stop, and tell your owner."
_PROBLEM = {"403": {"content": {"application/problem+json": {}}}}
_READ = {"operationId": "users_list", "x-permission": "users:read", "responses": {"200": {"content": {}}, **_PROBLEM}}


class Strange(BaseHTTPRequestHandler):
    """Says what it can do, nothing of what one may do, and of the rest more than anybody reads."""

    def do_GET(self) -> None:
        deep = b"[" * 1_000 + b"]" * 1_000
        body = deep if self.path == "/users/" else orjson.dumps({"paths": {"/users/": {"get": _READ}}})
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Strange) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_fault_of_ours_is_told_in_a_sentence_of_ours(address: str) -> None:
    async def told() -> tuple[str, Any]:
        async with Api(address, address) as api:
            tools: Any = Tools(api, lambda _: Caller("Bearer wxa_1"))
            with pytest.raises(MCPError) as listed:
                await tools.list(None, None)
            called = await tools.call(None, CallToolRequestParams(name="users_list"))
            return listed.value.error.message, called.content[0].text

    assert anyio.run(told) == (FAULT, f"{FAULT} Look whether it was done before you repeat it.")


def test_no_other_address_leads_to_the_one_there_is() -> None:
    async def asked(api: Api) -> int:
        transport = httpx2.ASGITransport(make_app(api, settings.WORKIX))
        async with httpx2.AsyncClient(transport=transport, base_url="http://evil.example") as client:
            return (await client.post("/mcp/")).status_code

    assert anyio.run(asked, Api("http://127.0.0.1:9", "https://api.example.com")) == 404
