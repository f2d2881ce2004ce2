"""manage.py migrate: sets up the isolation, then migrates public, the schema template and every organization; or back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.migrations.autodetector import MigrationAutodetector

from tenants.isolation import owner
from tenants.isolation.hardening import CLOSED, OPEN
from tenants.schema.rollback import CannotGoBack, Plan, find_target, plan_rollback, roll_back
from tenants.schema.rollout import Outcome, set_up_and_roll_out
from tenants.tripwires import decoy_schema
from workix.core.checks import TAG


class Command(BaseCommand):
    help = (
        "Sets up the isolation, then migrates public, the schema template and every organization. With an app and a"
        " migration it takes all of them back to it."
    )
    requires_system_checks = [TAG]
    autodetector = MigrationAutodetector  # Django's own checks ask every `migrate` command for it

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("app_label", nargs="?", help="The app to take back.")
        parser.add_argument("migration_name", nargs="?", help="The migration to go back to, or `zero`.")
        parser.add_argument("--plan", action="store_true", help="Say what would be taken back, and change nothing.")
        parser.add_argument(
            "--noinput",
            "--no-input",
            "--yes",
            action="store_false",
            dest="interactive",
            help="Don't ask before going back.",
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="One JSON object a line.")
        parser.add_argument("--quiet", action="store_true", help="Print nothing but errors.")

    def handle(self, *args: Any, quiet: bool, verbosity: int, **options: Any) -> None:
        app_label, name = options["app_label"], options["migration_name"]
        if app_label is None and options["plan"]:
            raise CommandError("--plan is for going back: name an app and a migration.")
        if app_label is not None and name is None:
            raise CommandError(f"Name the migration of {app_label} to go back to, or zero. Forward everything goes.")
        with owner.one_at_a_time():
            if app_label is None:
                self._forward(quiet=quiet, as_json=options["as_json"], verbosity=verbosity)
            else:
                self._back((app_label, name), options, quiet=quiet)

    def report(self, outcomes: list[Outcome], *, quiet: bool, verb: str = "migrated") -> None:
        """Say how many were migrated.

        :raises CommandError: naming those that could not be.
        """
        failed = [outcome for outcome in outcomes if outcome.error]
        if not quiet:
            done = sum(each.migrated for each in outcomes)
            what = "organizations" if verb == "migrated" else "schemas"
            self.stdout.write(f"{len(outcomes)} {what}, {done} {verb}.")
        if failed:
            raise CommandError("\n".join(f"{each.schema}: {each.error}" for each in failed))

    def _forward(self, *, quiet: bool, as_json: bool, verbosity: int) -> None:
        quiet = quiet or as_json
        on_each = self._line if as_json else lambda _outcome: None
        hardened, outcomes = set_up_and_roll_out(on_each, verbosity=0 if quiet else verbosity)
        decoy_schema.settle()
        if not quiet:
            self.stdout.write(CLOSED if hardened else OPEN)
        self.report(outcomes, quiet=quiet)

    def _back(self, named: tuple[str, str], options: dict[str, Any], *, quiet: bool) -> None:
        as_json = options["as_json"]
        try:
            plan = plan_rollback(find_target(*named))
        except CannotGoBack as error:
            raise CommandError(str(error)) from None
        self._show(plan, quiet=quiet, as_json=as_json)
        if options["plan"] or not plan.steps:
            return
        if options["interactive"]:
            _confirm()
        outcomes = roll_back(plan, self._progress(plan, quiet=quiet, as_json=as_json))
        self.report(outcomes, quiet=quiet or as_json, verb="taken back")

    def _show(self, plan: Plan, *, quiet: bool, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"target": plan.target, "plan": plan.steps}))
        elif not quiet:
            together: dict[tuple[str, ...], list[str]] = {}
            for schema, steps in plan.steps.items():
                together.setdefault(steps, []).append(schema)
            for steps, schemas in together.items():
                self.stdout.write(f"{len(schemas)} schemas ({_first(schemas)}) take back: {', '.join(steps)}")
            if not plan.steps:
                self.stdout.write("Nothing to take back. Forward it goes with `manage.py migrate` alone.")

    def _progress(self, plan: Plan, *, quiet: bool, as_json: bool) -> Callable[[Outcome], None]:
        if as_json:
            return self._line
        counted = iter(range(1, len(plan.steps) + 1))

        def say(outcome: Outcome) -> None:
            number = next(counted)
            if not quiet:
                self.stdout.write(f"{number}/{len(plan.steps)} {outcome.schema}: {outcome.error or 'taken back'}")

        return say

    def _line(self, outcome: Outcome) -> None:
        line = {"schema": outcome.schema, "migrated": outcome.migrated, "error": outcome.error}
        self.stdout.write(json.dumps(line))


def _first(schemas: list[str]) -> str:
    return ", ".join(schemas[:3]) + (", …" if len(schemas) > 3 else "")


def _confirm() -> None:
    """Ask, as Django's `flush` does.

    :raises CommandError: for every answer but yes, and where nobody answers.
    """
    try:
        answer = input("Columns and tables that are taken back lose what is in them. Type 'yes' to go back: ")
    except EOFError:
        answer = ""
    if answer != "yes":
        raise CommandError("Not confirmed: nothing was changed. --noinput asks nobody.")
