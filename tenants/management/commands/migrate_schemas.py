"""manage.py migrate_schemas: migrate, by the name django-tenants has for it, with those of its options that hold here."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import CommandError, CommandParser

from tenants.isolation import owner
from tenants.isolation.hardening import CLOSED, OPEN
from tenants.management.commands import migrate
from tenants.management.wrapper_command import get_organizations
from tenants.schema.rollout import roll_out, set_up

#: What django-tenants' own takes besides: every schema goes to the newest migrations, by one roll-out, and runs them.
FLAGS = ("--fake", "--fake-initial", "--plan", "--prune", "--run-syncdb", "--check")
VALUES = ("--executor", "--parallel", "--database")


class Command(migrate.Command):
    help = "Migrates `public` and the schema template (--shared), every organization (--tenant), or one (--schema)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="Print nothing but errors.")
        parser.add_argument("--shared", action="store_true", help="Only `public` and the schema template.")
        parser.add_argument("--tenant", action="store_true", help="Only the organizations.")
        parser.add_argument("-s", "--schema", dest="schema_name", metavar="SLUG", help="Only this organization.")
        parser.add_argument("--noinput", "--no-input", action="store_false", dest="interactive", help="It never asks.")
        for flag in FLAGS:
            parser.add_argument(flag, action="store_const", const=flag, help=argparse.SUPPRESS)
        for name in VALUES:
            parser.add_argument(name, help=argparse.SUPPRESS)
        parser.add_argument("app_and_migration", nargs="*", help=argparse.SUPPRESS)

    def handle(self, *args: Any, quiet: bool, verbosity: int, **options: Any) -> None:
        _refuse_unsupported(options)
        shared, tenant, schema_name = options["shared"], options["tenant"], options["schema_name"]
        if schema_name and shared:
            raise CommandError("--schema names an organization, and --shared leaves all of them out: take one.")
        in_public = shared or schema_name == "public"
        among = get_organizations([schema_name]) if schema_name and not in_public else None
        everything = not (tenant or shared or schema_name)
        with owner.one_at_a_time():
            if in_public or everything:
                hardened = set_up(verbosity=0 if quiet else verbosity)
                if not quiet:
                    self.stdout.write(CLOSED if hardened else OPEN)
            outcomes = roll_out(among=among) if among or tenant or everything else None
        if outcomes is not None:
            self.report(outcomes, quiet=quiet)


def _refuse_unsupported(options: dict[str, Any]) -> None:
    names = (*FLAGS, *VALUES)
    given = [name for name in names if options[name.removeprefix("--").replace("-", "_")] is not None]
    if options["app_and_migration"]:
        given.append("the name of an app or a migration")
    if given:
        raise CommandError(
            f"Not supported: {', '.join(given)}. Every schema goes to the newest migrations, by one roll-out."
            " Back it goes by `manage.py migrate APP MIGRATION`."
        )
