"""manage.py export_organization: writes the portable archive of an organization (ZIP of NDJSON), with its proven trail."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from privacy.organizations.archive import export_organization
from workix.core import commands


class Command(commands.Command):
    help = "Writes everything an organization holds into a ZIP archive: tables, and the audit trail with its proofs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="Which organization.")
        parser.add_argument("file", type=Path, help="The archive; it must not be there. Nobody else can read it.")
        parser.add_argument("--reason", required=True, help="Kept in the organization's audit trail.")

    def handle(self, *args: Any, slug: str, file: Path, reason: str, **options: Any) -> None:
        try:
            opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"The archive can't be written: {error.strerror}.") from error
        try:
            with os.fdopen(opened, "wb") as archive:
                manifest = export_organization(slug, archive, reason=reason, now=timezone.now())
        except BaseException:
            file.unlink()  # no half of an archive passes for one
            raise
        rows = sum(table["rows"] for table in manifest["tables"].values())
        self.answer(manifest, f"{file}: {rows} rows of {len(manifest['tables'])} tables.")
