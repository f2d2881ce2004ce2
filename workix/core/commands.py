"""The base of our management commands: they act as the system, with a reason, and print refusals as sentences."""

from __future__ import annotations

import argparse
import getpass
import re
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workix.core.current import Actor, Current
from workix.core.errors import ProblemError


class Command(BaseCommand):
    """A command that acts. What it does is in the trail as done by whoever ran it, on the command line."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        label = f"{getpass.getuser()} on the command line"
        around = Current.context  # empty, unless one command calls another inside an organization
        reason = options.get("reason") or around.reason
        try:
            with Current.fresh(organization=around.organization, actor=Actor("system", label=label), reason=reason):
                return super().execute(*args, **options)
        except ProblemError as refusal:
            raise CommandError(refusal.detail) from refusal


def whole_number(smallest: int, largest: int) -> Callable[[str], int]:
    """Make the `type` of an argument that is a number from `smallest` to `largest`."""

    def read(text: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,20}", text) or not smallest <= int(text) <= largest:
            raise argparse.ArgumentTypeError(f"use a whole number from {smallest:,} to {largest:,}")
        return int(text)

    return read
