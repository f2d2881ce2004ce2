"""Settings of the other ways in: MCP and gRPC."""

from __future__ import annotations

from workix.config.groups.grpc import GrpcSettings
from workix.config.groups.mcp import McpSettings


class GatewaySettings(McpSettings, GrpcSettings):
    """What an operator may set of them."""
