"""The gateway app: other ways in than REST (gRPC, MCP), to the same capabilities."""
