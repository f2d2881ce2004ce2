"""manage.py compliance_report: reports on an organization's controls (GDPR, SOC 2, ASVS), or writes the signed evidence pack."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from privacy.compliance.operators import report_for_operator
from workix.core import commands
from workix.core.commands import moment

REASON = "a compliance report"


class Command(commands.Command):
    help = "Says of each control of an organization whether it is met. Exit status 1: one is not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="Which organization.")
        parser.add_argument(
            "--from", dest="begin", type=moment("2026-07-01"), help="2026-07-01, UTC. Unset: ninety days before."
        )
        parser.add_argument(
            "--to", dest="end", type=moment("2026-07-01"), help="Up to, and without, this day. Unset: now."
        )
        parser.add_argument(
            "--output", type=Path, help="Where the signed ZIP goes; it must not be there. Nobody else can read it."
        )
        parser.add_argument("--reason", default=REASON, help="Kept in the organization's audit trail.")

    def handle(self, *args: Any, slug: str, output: Path | None, **options: Any) -> None:
        named = {name: options[name] for name in ("begin", "end", "reason")}
        report, content = report_for_operator(slug, **named, now=timezone.now())
        if output is not None:
            _write(output, content)
        lines = (f"{line['status']:<12} {line['name']}: {line['sentence']}" for line in report["controls"])
        self.answer(report, *lines)
        if report["summary"]["not met"]:
            raise SystemExit(1)


def _write(file: Path, content: bytes) -> None:
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CommandError(f"The report can't be written: {error.strerror}.") from error
    with os.fdopen(opened, "wb") as archive:
        archive.write(content)
