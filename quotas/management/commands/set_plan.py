"""manage.py set_plan: gives an organization a plan, and the limits it grants."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from quotas.entitlements.overrides import over_the_limit
from tenants.lifecycle import set_plan
from tenants.management.organization_json import as_json
from tenants.plans import LIMITS, Plan
from workix.core import commands
from workix.core.commands import whole_number
from workix.core.resources import LARGEST_INTEGER


class Command(commands.Command):
    help = "Gives an organization a plan, and the limits it grants or those named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="Which organization.")
        parser.add_argument("plan", choices=Plan.values, help="Which plan.")
        parser.add_argument("--reason", required=True, help="Kept in the organization's audit trail.")
        limit = whole_number(0, LARGEST_INTEGER)
        for name in ("users", "pipelines", "executions"):
            parser.add_argument(f"--{name}", type=limit, help="A limit of its own, other than the plan's.")

    def handle(self, *args: Any, slug: str, plan: str, reason: str, **options: Any) -> None:
        own = {name: options[name] for name in ("users", "pipelines", "executions") if options[name] is not None}
        limits = replace(LIMITS[Plan(plan)], **own)
        organization = set_plan(slug, Plan(plan), limits=limits, reason=reason)
        granted = ", ".join(f"{limit} {name}" for name, limit in organization.limits().items())
        said = over_the_limit(organization, now=timezone.now())
        self.answer(as_json(organization), f"{organization.name} has the plan {plan}: {granted}.", *said.values())
