"""manage.py check_isolation: finds drift between the catalogs and what is declared, and repairs it with --repair."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenants.isolation import owner
from tenants.isolation.drift import find_drift, repair
from tenants.isolation.hardening import CLOSED, LEFT_OPEN, OPEN
from tenants.schema.rollout import organizations
from workix.core.checks import TAG


class Command(BaseCommand):
    requires_system_checks = [TAG]
    help = "Compares every grant, owner, policy, trigger and role with what is declared. Exit status 1: they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="Put back what differs.")
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        everybody = organizations()
        found = find_drift(everybody)
        left = found.drifts
        if options["repair"] and found.drifts:
            with owner.one_at_a_time():
                repair(found.drifts)
            left = find_drift(everybody).drifts
        report = {
            "organizations": found.organizations,
            "catalog_is_closed": found.is_hardened,
            "databases_of_others": list(found.databases_of_others),
            "stays_open": list(found.stays_open),
            "drifts": [drift.sentence for drift in found.drifts],
            "left": [drift.sentence for drift in left],
        }
        if options["json"]:
            self.stdout.write(json.dumps(report))
        else:
            self._tell(report)
        if left:
            raise SystemExit(1)

    def _tell(self, report: dict[str, Any]) -> None:
        for sentence in report["drifts"]:
            self.stdout.write(sentence if sentence in report["left"] else f"Repaired: {sentence}")
        self.stdout.write(CLOSED if report["catalog_is_closed"] else OPEN)
        for sentence in report["stays_open"]:
            self.stdout.write(f"Stays open: {sentence}.")
        if report["databases_of_others"]:
            self.stdout.write(LEFT_OPEN.format(", ".join(report["databases_of_others"])))
        self.stdout.write(f"{report['organizations']} organizations, {len(report['left'])} differences left.")
