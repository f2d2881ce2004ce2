"""Fixtures of tests at the MCP server: it runs as a process, beside the shared platform."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace

import httpx2
import pytest

from tests.servers import PATIENCE_SECONDS, Platform, end, free_port, wait_for


@pytest.fixture(scope="session")
def metrics_address() -> str:
    return f"127.0.0.1:{free_port()}"


@pytest.fixture(scope="session")
def url(shared_platform: Platform, metrics_address: str) -> Iterator[str]:
    port = free_port()
    binds = {"WORKIX_MCP_BIND": f"127.0.0.1:{port}", "WORKIX_WORKER_METRICS_BIND": metrics_address}
    settings = {**shared_platform.settings, **binds}
    process = replace(shared_platform, settings=settings).start_command("mcp")
    try:
        wait_for(lambda: socket.create_connection(("127.0.0.1", port))).close()
        assert httpx2.get(f"http://127.0.0.1:{port}/health/live", timeout=PATIENCE_SECONDS).status_code == 200
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        end(process)
