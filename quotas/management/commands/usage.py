"""manage.py usage: what all organizations used of their quotas in a month, by share of the limit; as CSV into a file."""

from __future__ import annotations

import os
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from quotas.usage.all_organizations import Usage, as_csv, month_named, usage_of_all
from workix.core import commands


class Command(commands.Command):
    help = "Lists what every organization used of its quotas in a month, whoever is nearest to a limit first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", default="", help="Which month (UTC), as 2026-11. Unset: this one.")
        parser.add_argument(
            "--csv", type=Path, metavar="FILE", help="Write it into this file, which must not be there."
        )

    def handle(self, *args: Any, period: str, csv: Path | None, **options: Any) -> None:
        today = timezone.now().date()
        month = month_named(period, today=today)
        found = usage_of_all(month, today=today)
        if csv is None:
            told = [{"period": f"{month:%Y-%m}"} | asdict(each) for each in found]
            self.answer(told, *map(_line, found), _sum(month, len(found)))
        else:
            _write(csv, as_csv(month, found))
            self.answer({"file": str(csv), "rows": len(found)}, f"{_sum(month, len(found))} They are in {csv}.")


def _line(each: Usage) -> str:
    return f"{each.percentage:>4} %  {each.slug}: {each.used:,} of {each.limit:,} {each.resource} ({each.plan})"


def _sum(month: date, number: int) -> str:
    return f"{number:,} quotas in {month:%Y-%m}."


def _write(file: Path, content: str) -> None:
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except (OSError, ValueError) as error:  # a ValueError: a NUL in its name
        why = error.strerror if isinstance(error, OSError) else "its name is none"
        raise CommandError(f"The file can't be written: {why}.") from error
    with os.fdopen(opened, "w", encoding="utf-8", newline="") as written:
        written.write(content)
