"""manage.py legal_hold: keeps all of an organization's audit trail, however old, or lets its retention go on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from tenants.management.organization_json import as_json
from tenants.trail.retention import set_legal_hold
from workix.core import commands


class Command(commands.Command):
    help = "Sets or lifts the legal hold on an organization's audit trail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="Which organization.")
        parser.add_argument("hold", choices=("on", "off"), help="Whether nothing may be taken out of its trail.")
        parser.add_argument("--reason", required=True, help="Kept in the organization's audit trail.")

    def handle(self, *args: Any, slug: str, hold: str, reason: str, **options: Any) -> None:
        organization = set_legal_hold(slug, held=hold == "on", reason=reason)
        kept = "is held: nothing goes" if hold == "on" else "is not held: its retention goes on"
        self.answer(as_json(organization), f"The audit trail of {organization.name} {kept}.")
