"""manage.py restore_organization: lets a suspended organization in again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from tenants.lifecycle import restore
from tenants.management.organization_json import as_json
from workix.core import commands


class Command(commands.Command):
    help = "Lets a suspended organization in again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="Which organization.")
        parser.add_argument("--reason", required=True, help="Kept in the organization's audit trail.")

    def handle(self, *args: Any, slug: str, reason: str, **options: Any) -> None:
        organization = restore(slug, reason=reason)
        self.answer(as_json(organization), f"{organization.name} is {organization.get_status_display().lower()}.")
