"""manage.py tripwires: how often decoys were touched, and the decoy API key of an organization, to be left for a thief."""

# Raw SQL: calls a function of `public`.

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.db import connection

from accounts.api_keys.decoys import decoy_key_of
from tenants.lifecycle import get_organization
from tenants.scope import use_platform
from tenants.tripwires.decoys import are_set, decoy_addresses, decoy_schema
from workix.core import commands


class Command(commands.Command):
    help = "Shows how often decoys were touched, and which there are (WORKIX_TRIPWIRES)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organization", metavar="SLUG", help="Print its decoy API key.")

    def handle(self, *args: Any, organization: str | None, **options: Any) -> None:
        with use_platform(), connection.cursor() as cursor:
            cursor.execute("SELECT public.count_of_tripwire_touches()")
            (touches,) = cursor.fetchone()
        key = decoy_key_of(get_organization(organization).id) if organization else None
        told = {"on": are_set(), "touches": touches, "schema": decoy_schema(), "people": decoy_addresses(), "key": key}
        said = f"{'On' if are_set() else 'Off'}; touched {touches} times. Schema {decoy_schema()}."
        self.answer(told, said, *decoy_addresses(), *([key] if key else []))
