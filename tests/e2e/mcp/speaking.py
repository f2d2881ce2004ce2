"""Agents that speak MCP, by the SDK's own client: what tests at the MCP server share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import anyio
import httpx2
import orjson
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult

from tests.servers import PATIENCE_SECONDS

Got = TypeVar("Got")
#: What a viewer may do, and so who removes one.
SCOPES = ["organization:read", "quotas:read", "users:read", "users:write"]
REASON = "The quarterly review asks for it."


class Agent:
    """Somebody who speaks MCP with one key."""

    def __init__(self, url: str, key: str, *, mode: str = "auto") -> None:
        self.url, self.key, self.mode = url, key, mode

    def tools(self) -> set[str]:
        return {tool.name for tool in self.ask(lambda client: client.list_tools()).tools}

    def call(self, tool: str, **arguments: Any) -> tuple[str, Any]:
        """Return what the server says, and the data."""
        return said(self.ask(lambda client: client.call_tool(tool, arguments)))

    def ask(self, request: Callable[[Client], Awaitable[Got]]) -> Got:
        async def talk() -> Got:
            headers = {"Authorization": f"Bearer {self.key}"}
            async with (
                httpx2.AsyncClient(headers=headers, timeout=PATIENCE_SECONDS) as http,
                Client(streamable_http_client(self.url, http_client=http), mode=self.mode) as client,
            ):
                return await request(client)

        with ThreadPoolExecutor(1) as beside:  # a browser's own loop may be at work in this thread
            return beside.submit(anyio.run, talk).result()


def said(result: CallToolResult) -> tuple[str, Any]:
    texts = [each.text for each in result.content if each.type == "text"]
    return texts[0], orjson.loads(texts[1])["data"] if len(texts) > 1 else None
