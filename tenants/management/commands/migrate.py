"""manage.py migrate: the walls, public, the blueprint and every organization."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.migrations.autodetector import MigrationAutodetector

from tenants.isolation.hardening import CLOSED, OPEN
from tenants.schema.rollout import roll_out, set_up


class Command(BaseCommand):
    help = "Puts up the walls and migrates public, the blueprint and every organization."
    requires_system_checks: list[str] = []
    autodetector = MigrationAutodetector  # Django's own checks ask every `migrate` command for it

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="Print nothing but faults.")

    def handle(self, *args: Any, quiet: bool, verbosity: int, **options: Any) -> None:
        hardened = set_up(verbosity=0 if quiet else verbosity)
        outcomes = roll_out()
        faults = [outcome for outcome in outcomes if outcome.fault]
        if not quiet:
            self.stdout.write(CLOSED if hardened else OPEN)
            self.stdout.write(f"{len(outcomes)} organizations, {sum(each.migrated for each in outcomes)} migrated.")
        if faults:
            raise CommandError("\n".join(f"{each.schema}: {each.fault}" for each in faults))
