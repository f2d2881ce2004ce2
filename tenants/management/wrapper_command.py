"""The base of tenant_command and all_tenants_command: reads `<command> [arguments]`, and the options of ours among them."""

from __future__ import annotations

import argparse
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from django.core.management.base import CommandError, CommandParser

from tenants.management.command_runs import CommandRun
from tenants.models import Organization
from tenants.resolution import find_by_schema, find_by_slug
from workix.core import commands


class WrapperCommand(commands.Command, ABC):
    """Hands whatever is not its own to the command it wraps; what stands after `--`, unread."""

    tells_nothing = "What is printed is the wrapped command's, with options of its own."

    def add_arguments(self, parser: CommandParser) -> None:
        _add_own(parser)
        parser.add_argument("command", nargs=argparse.PARSER, help="The command to run, with whatever it takes.")

    def handle(self, *args: Any, command: list[str], **options: Any) -> None:
        name, *rest = command
        own, arguments = _divide(rest)
        before = options["schema_name"] or []  # call_command(…, schema_name="acme") gives one
        names = [*([before] if isinstance(before, str) else before), *(own.schema_name or [])]
        self.run(CommandRun(name, arguments, own.reason or options["reason"] or ""), names)

    @abstractmethod
    def run(self, run: CommandRun, names: list[str]) -> None:
        """Run the command inside the organizations that are named."""


def get_organizations(names: Iterable[str]) -> list[Organization]:
    """Find organizations by slug or schema, each once.

    :raises CommandError: when there is none.
    """
    return [_get_organization(name) for name in dict.fromkeys(names)]


def _get_organization(name: str) -> Organization:
    found = find_by_slug(name) or find_by_schema(name)
    if found is None:
        raise CommandError(f"There is no organization {name!r}.")
    return found


def _add_own(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-s", "--schema", "--schema_name", action="append", dest="schema_name", metavar="SLUG", help="An organization."
    )
    parser.add_argument("--reason", help="Why, for the audit trail of each organization. Must be given.")
    parser.add_argument("--no-public", action="store_true", help="Changes nothing: `public` is never visited.")


def _divide(options: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Take our own options out, wherever they stand among the wrapped command's."""
    end = options.index("--") if "--" in options else len(options)
    parser = CommandParser(add_help=False, allow_abbrev=False)
    _add_own(parser)
    own, left = parser.parse_known_args(options[:end])
    return own, [*left, *options[end + 1 :]]
