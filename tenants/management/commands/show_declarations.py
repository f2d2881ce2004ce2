"""manage.py show_declarations: prints every permission, resource, privilege and classified column the apps declare."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.schema.declarations import Row, declarations
from workix.core.checks import TAG


class Command(BaseCommand):
    requires_system_checks = [TAG]
    help = "Prints what the installed apps declare: permissions and whose they are, limits, privileges, what each column holds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = declarations()
        if options["json"]:
            self.stdout.write(json.dumps(found))
            return
        for title, rows in found.items():
            self.stdout.write(f"\n{title.capitalize()}\n")
            for line in _table(rows):
                self.stdout.write(line)


def _table(rows: list[Row]) -> list[str]:
    """Lay rows out in columns that are as wide as what is in them."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [names, *([str(row.get(name, "")) for name in names] for row in rows)]
    widths = [max(len(line[index]) for line in lines) for index in range(len(names))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
