"""manage.py heavy: lists the organizations that ask most of the platform (heavy hitters), by what is chosen."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from quotas.heavy_use.heaviest import MEASURES, PERIODS, Heavy, heaviest
from workix.core import commands


class Command(commands.Command):
    help = "Lists the twenty organizations that ask most of the platform: requests, database time, jobs, storage, refusals."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--by", choices=MEASURES, default="requests", help="What they are sorted by.")
        parser.add_argument("--period", choices=PERIODS, default="hour", help="The last hour, or the last day.")

    def handle(self, *args: Any, by: str, period: str, **options: Any) -> None:
        found = heaviest(by, period, now=timezone.now())
        told = [asdict(each) | {"refusals": each.refusals} for each in found]
        self.answer(told, *map(_line, found), f"{len(found)} organizations, by {by}, in the last {period}.")


def _line(each: Heavy) -> str:
    size = filesizeformat(each.storage).replace("\xa0", " ") if each.storage else "storage not measured yet"
    return (
        f"{each.percentage:>4} %  {each.slug}: {each.requests:,} requests, {each.database:,} ms in the database, "
        f"{each.jobs:,} jobs ({each.waiting:,} wait), {size}, {each.refusals:,} refusals ({each.plan})"
    )
