"""gateway.mcp.connections: who connects and says nothing, or half of it, is let go; who asks again and again is not."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import uvicorn

from gateway.mcp import connections
from gateway.mcp.connections import Connection
from tests.servers import PATIENCE_SECONDS

REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def slowly(scope: Any, receive: Any, send: Any) -> None:
    """Answer after longer than a head may take."""
    await asyncio.sleep(0.4)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"OK"})


def test_a_connection_whose_head_does_not_come_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.2)

    async def heard(sent: bytes) -> bytes:
        loop = asyncio.get_running_loop()
        config = uvicorn.Config(slowly, http=Connection, lifespan="off", log_config=None, timeout_keep_alive=60)
        config.load()
        state = uvicorn.server.ServerState()
        server = await loop.create_server(lambda: Connection(config, state, {}), "127.0.0.1", 0)
        async with server:
            reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
            writer.write(sent)
            answer = await asyncio.wait_for(reader.read(), PATIENCE_SECONDS)  # until it is closed
            writer.close()
        return answer

    assert [asyncio.run(heard(sent)) for sent in (b"", REQUEST[:20])] == [b"", b""]
    assert asyncio.run(heard(REQUEST * 2)).count(b"\r\n\r\nOK") == 2
