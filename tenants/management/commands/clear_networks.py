"""manage.py clear_networks: lets an organization be reached from every network again, after its admins shut themselves out."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from tenants.management.organization_json import as_json
from tenants.policies import clear_networks
from workix.core import commands


class Command(commands.Command):
    help = "Lets an organization be reached from every network again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="Which organization.")
        parser.add_argument("--reason", required=True, help="Kept in the organization's audit trail.")

    def handle(self, *args: Any, slug: str, reason: str, **options: Any) -> None:
        organization = clear_networks(slug, reason=reason)
        self.answer(as_json(organization), f"{organization.name} is reached from every network again.")
