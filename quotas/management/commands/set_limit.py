"""manage.py set_limit: overrides what an organization's plan grants of one resource, until a day or for good."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from quotas.entitlements.overrides import cancel_override, over_the_limit, override_limit
from workix.core import commands
from workix.core.commands import moment, whole_number
from workix.core.resources import LARGEST_INTEGER


class Command(commands.Command):
    help = (
        "Lets an organization use more or less of a resource than its plan grants, and says where it has more already."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="Which organization.")
        parser.add_argument("resource", help="Of what: users, executions, or what an app declares.")
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("limit", nargs="?", type=whole_number(0, LARGEST_INTEGER), help="How many.")
        which.add_argument("--cancel", action="store_true", help="The plan's limit counts again.")
        burst = whole_number(0, LARGEST_INTEGER)
        parser.add_argument(
            "--burst", type=burst, default=0, help="How many more are allowed, and reported. Unset: none."
        )
        parser.add_argument(
            "--until", type=moment("2027-01-01"), help="2027-01-01, UTC: from then on the plan's limit counts again."
        )
        parser.add_argument("--reason", required=True, help="Kept in the organization's audit trail.")

    def handle(
        self,
        *args: Any,
        slug: str,
        resource: str,
        limit: int | None,
        burst: int,
        until: datetime | None,
        reason: str,
        **options: Any,
    ) -> None:
        now = timezone.now()
        if limit is None:
            organization = cancel_override(slug, resource, reason=reason, now=now)
            line = f"Of {resource}, {organization.name} may use what its plan grants."
        else:
            organization = override_limit(slug, resource, limit, burst=burst, until=until, reason=reason, now=now)
            end = f" until {until:%d %b %Y, %H:%M} UTC" if until else ""
            beyond = f" and {burst} beyond" if burst else ""
            line = f"{organization.name} may use {limit} {resource}{beyond}{end}."
        over = over_the_limit(organization, now=now).get(resource)
        told = {
            "organization": slug,
            "resource": resource,
            "limit": limit,
            "burst": burst,
            "until": until,
            "warning": over,
        }
        self.answer(told, *filter(None, (line, over)))
