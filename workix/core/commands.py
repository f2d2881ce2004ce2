"""The base of our management commands: they act as the system, with a reason, and print refusals as sentences."""

from __future__ import annotations

import argparse
import getpass
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import InterfaceError, OperationalError

from workix.core.checks import TAG
from workix.core.current import Actor, Current
from workix.core.errors import ProblemError, one_line


class Command(BaseCommand):
    """A command that acts, or tells. What it does is in the trail as done by whoever ran it, on the command line.

    A refusal is one sentence and status 1; with --json, what it answers is one JSON value.
    """

    #: Why a command has no --json: it prints nothing of its own.
    tells_nothing = ""
    requires_system_checks = [TAG]  # Django's own, and those of views, are run by `manage.py check`
    _as_json = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        if not self.tells_nothing:
            parser.add_argument("--json", action="store_true", help="Answer in JSON.")
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        self._as_json = bool(options.get("json"))
        label = f"{getpass.getuser()} on the command line"
        around = Current.context  # empty, unless one command calls another inside an organization
        reason = options.get("reason") or around.reason
        try:
            with Current.fresh(organization=around.organization, actor=Actor("system", label=label), reason=reason):
                return super().execute(*args, **options)
        except ProblemError as refusal:
            raise CommandError(refusal.detail) from refusal
        except (OperationalError, InterfaceError) as error:
            raise CommandError(f"The database does not answer, or refuses: {one_line(error)}") from error

    def answer(self, data: Any, *lines: str) -> None:
        """Print `data` with --json, else the lines: what a program reads, and what a person does."""
        text = json.dumps(data, cls=DjangoJSONEncoder) if self._as_json else "\n".join(lines)
        self.stdout.write(text)


def moment(example: str) -> Callable[[str], datetime]:
    """Make the `type` of an argument that is a day or a time, in UTC where it names no zone; `example` is a day."""

    def read(text: str) -> datetime:
        try:
            named = datetime.fromisoformat(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"use a date, as {example}, or a time, as {example}T12:00") from error
        return named if named.tzinfo else named.replace(tzinfo=UTC)

    return read


def whole_number(smallest: int, largest: int) -> Callable[[str], int]:
    """Make the `type` of an argument that is a number from `smallest` to `largest`."""

    def read(text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,20}", text) or not smallest <= int(text) <= largest:
            raise argparse.ArgumentTypeError(f"use a whole number from {smallest:,} to {largest:,}")
        return int(text)

    return read
