"""manage.py list_organizations: every organization with its plan, status and pending removal, read as the control role."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from tenants.management.organization_json import as_json
from tenants.models import Organization, Status
from tenants.plans import Plan
from tenants.scope import use_platform
from workix.core import commands


class Command(commands.Command):
    help = "Lists organizations, the newest first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--status", choices=Status.values, help="Only those of this status.")
        parser.add_argument("--plan", choices=Plan.values, help="Only those on this plan.")
        parser.add_argument("--removal-due", action="store_true", help="Only those whose removal is scheduled.")

    def handle(self, *args: Any, status: str | None, plan: str | None, removal_due: bool, **options: Any) -> None:
        wanted = {"status": status, "plan": plan, "removal_due_at__isnull": False if removal_due else None}
        named = {name: value for name, value in wanted.items() if value is not None}
        with use_platform():
            there = Organization.objects.filter(deleted_at__isnull=True, **named).order_by("-created_at", "-id")
            found = list(there)
        self.answer(
            [as_json(organization) for organization in found], *map(_line, found), f"{len(found)} organizations."
        )


def _line(organization: Organization) -> str:
    due = organization.removal_due_at
    removal = f"  will be removed {due:%Y-%m-%d %H:%M} UTC" if due else ""
    return f"{organization.slug:<24} {organization.plan:<11} {organization.status:<10} {organization.name}{removal}"
