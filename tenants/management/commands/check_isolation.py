"""manage.py check_isolation: compares the walls with what is declared, and repairs them when told to."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.isolation.drift import inspect, repair
from tenants.isolation.hardening import CLOSED, OPEN
from tenants.schema.rollout import organizations


class Command(BaseCommand):
    help = "Compares every grant, owner, policy, trigger and role with what is declared. Exit status 1: they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="Put back what differs.")
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        everybody = organizations()
        found = inspect(everybody)
        left = found.faults
        if options["repair"]:
            repair(found.faults)
            left = inspect(everybody).faults
        report = {
            "organizations": found.organizations,
            "catalog_is_closed": found.is_hardened,
            "faults": [fault.sentence for fault in found.faults],
            "left": [fault.sentence for fault in left],
        }
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            self._tell(report)
        if left:
            raise SystemExit(1)

    def _tell(self, report: dict[str, Any]) -> None:
        for sentence in report["faults"]:
            self.stdout.write(sentence if sentence in report["left"] else f"Mended: {sentence}")
        self.stdout.write(CLOSED if report["catalog_is_closed"] else OPEN)
        self.stdout.write(f"{report['organizations']} organizations, {len(report['left'])} faults left.")
