"""manage.py list_api_keys: an organization's API keys, when each was last used and when it expires."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from accounts.api_keys.api.serializers import key_as_json
from accounts.api_keys.report import keys_inside
from accounts.models import ApiKey
from workix.core import commands
from workix.core.commands import whole_number

_days = whole_number(0, 3_650)


class Command(commands.Command):
    help = "Lists an organization's API keys, the newest first. An entry in its trail says that you looked, and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="Which organization.")
        parser.add_argument("--reason", required=True, help="Kept in the organization's audit trail.")
        parser.add_argument("--expiring-within", type=_days, metavar="DAYS", help="Only those that expire so soon.")
        parser.add_argument("--unused-for", type=_days, metavar="DAYS", help="Only those that nobody used for so long.")

    def handle(
        self,
        *args: Any,
        slug: str,
        reason: str,
        expiring_within: int | None,
        unused_for: int | None,
        **options: Any,
    ) -> None:
        asked = {"expiring_within": expiring_within, "unused_for": unused_for}
        spans = {name: None if days is None else timedelta(days=days) for name, days in asked.items()}
        found = keys_inside(slug, reason=reason, now=timezone.now(), **spans)
        self.answer([key_as_json(key) for key in found], *map(_line, found), f"{len(found)} API keys.")


def _line(key: ApiKey) -> str:
    used = f"{key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never"
    end = f"{key.expires_at:%Y-%m-%d %H:%M}" if key.expires_at else "never"
    return f"{key.prefix}…  {key.name}: {key.scopes}; last used {used}, expires {end}"
