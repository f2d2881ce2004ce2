"""The other ways in: MCP and gRPC. Each hands what is asked to the same capabilities, with the rights of who asks."""
