"""MCP (Model Context Protocol): the tools of agents."""
