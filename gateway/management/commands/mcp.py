"""manage.py mcp: the MCP server, by which agents call the API as tools; over HTTP, or --stdio."""

from __future__ import annotations

import asyncio
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from workix.observability.exporter_server import show_counter
from workix.observability.metrics import MCP_CALLS


class Command(BaseCommand):
    help = "Serves the API to agents as tools (Model Context Protocol), with the rights of each one's own key."
    tells_nothing = "It runs until it is stopped; with --stdio, standard output is the protocol's."
    requires_system_checks = ()  # it has no database

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--stdio",
            action="store_true",
            help="Serve one agent of this machine over standard input and output, with the key in WORKIX_MCP_KEY.",
        )

    def handle(self, *args: Any, stdio: bool, **options: Any) -> None:
        if find_spec("mcp") is None:
            raise CommandError(
                "It needs the mcp extra, which is not installed: requirements-mcp.txt, or an image built with"
                " --build-arg MCP=yes."
            )
        from gateway.mcp import http as over_http  # noqa: PLC0415  # of the extra
        from gateway.mcp import stdio as over_stdio  # noqa: PLC0415
        from gateway.mcp.server import quiet_libraries  # noqa: PLC0415

        quiet_libraries()
        environment = settings.WORKIX
        if not stdio:
            show_counter(MCP_CALLS)
            asyncio.run(over_http.serve(environment))
        elif environment.mcp_key is None:
            raise CommandError("WORKIX_MCP_KEY, or a file named by WORKIX_MCP_KEY_FILE, must hold the agent's key.")
        else:
            asyncio.run(over_stdio.serve(environment, environment.mcp_key))
