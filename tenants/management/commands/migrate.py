"""manage.py migrate: sets up the isolation, then migrates public, the schema template and every organization."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.migrations.autodetector import MigrationAutodetector

from tenants.isolation import owner
from tenants.isolation.hardening import CLOSED, OPEN
from tenants.schema.rollout import Outcome, roll_out, set_up
from workix.core.checks import TAG


class Command(BaseCommand):
    help = "Sets up the isolation, then migrates public, the schema template and every organization."
    requires_system_checks = [TAG]
    autodetector = MigrationAutodetector  # Django's own checks ask every `migrate` command for it

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="Print nothing but errors.")

    def handle(self, *args: Any, quiet: bool, verbosity: int, **options: Any) -> None:
        with owner.one_at_a_time():
            hardened = set_up(verbosity=0 if quiet else verbosity)
            outcomes = roll_out()
        if not quiet:
            self.stdout.write(CLOSED if hardened else OPEN)
        self.report(outcomes, quiet=quiet)

    def report(self, outcomes: list[Outcome], *, quiet: bool) -> None:
        """Say how many were migrated.

        :raises CommandError: naming those that could not be.
        """
        failed = [outcome for outcome in outcomes if outcome.error]
        if not quiet:
            self.stdout.write(f"{len(outcomes)} organizations, {sum(each.migrated for each in outcomes)} migrated.")
        if failed:
            raise CommandError("\n".join(f"{each.schema}: {each.error}" for each in failed))
