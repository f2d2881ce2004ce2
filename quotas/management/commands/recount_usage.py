"""manage.py recount_usage: sets counters of quotas right against what is there, and reports drift."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from quotas.recount import CounterDrift, recount
from tenants.models import Organization
from workix.core import commands
from workix.core.errors import NotFound


class Command(commands.Command):
    help = "Counts again what rows are counted as and what is reserved, sets the counters right and reports drift."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="?", help="Which organization: all of them, unless it is named.")

    def handle(self, *args: Any, slug: str | None, **options: Any) -> None:
        try:
            found = recount(slug)
        except Organization.DoesNotExist:
            raise NotFound(f"There is no organization {slug}.") from None
        self.answer([asdict(drift) for drift in found], *map(_line, found), f"{len(found)} counters were wrong.")


def _line(drift: CounterDrift) -> str:
    return f"{drift.organization}: {drift.resource}, {drift.counter}: {drift.was}, set to {drift.counted}"
