"""manage.py open_sandbox: opens a sandbox organization for a developer, and prints how to get in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from agents.sandboxes.answer import told
from agents.sandboxes.opening import LONGEST, SHORTEST, USUAL, open_sandbox
from workix.core import commands

_MINUTE = timedelta(minutes=1)


class Command(commands.Command):
    help = "Opens a sandbox: an organization that ends by itself. Its password and tokens are printed once, and kept nowhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--minutes",
            type=commands.whole_number(SHORTEST // _MINUTE, LONGEST // _MINUTE),
            default=USUAL // _MINUTE,
            help="For how long, a day at most.",
        )

    def handle(self, *args: Any, minutes: int, **options: Any) -> None:
        found = told(open_sandbox(lasting=minutes * _MINUTE, now=timezone.now()))
        self.answer(
            found,
            f"{found['organization']['name']} ({found['organization']['slug']}), until {found['expires_at']:%d %b %Y, %H:%M} UTC",
            f"Dashboard: {found['dashboard_url']}",
            f"API:       {found['base_url']}/api/v1/",
            *(f"{person['role']:<10} {person['email']}" for person in found["people"]),
            f"Password of each: {found['people'][0]['password']}",
            f"API key: {found['api_key']}",
        )
