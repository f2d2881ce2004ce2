"""MCP over standard input and output, for an agent of this machine: one key, from the settings, for all it asks."""

from __future__ import annotations

from mcp.server.stdio import stdio_server

from gateway.mcp.api import Api, Caller
from gateway.mcp.server import make_server
from workix.config.environment import Environment
from workix.config.secrets import Secret


async def serve(environment: Environment, key: Secret) -> None:
    """Serve one client until it closes standard input. The key is read anew for each call, as its file may be replaced."""
    async with Api(environment.mcp_api or environment.public_url, environment.public_url) as api:
        server = make_server(api, lambda _context: Caller(f"Bearer {key.reveal()}"))
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())
