"""Settings of other ways in than REST: gRPC and MCP, together."""

from __future__ import annotations

from workix.config.groups.grpc import GrpcSettings
from workix.config.groups.mcp import McpSettings


class GatewaySettings(McpSettings, GrpcSettings):
    """What the servers of the gateway app are told."""
