"""manage.py import_organization: opens an organization from the archive that export_organization writes; dry run, progress."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from privacy.organizations.importing.faults import FaultyArchive
from privacy.organizations.importing.importing import Imported, Terms, import_organization
from tenants.plans import LIMITS, Plan
from workix.core import commands
from workix.core.commands import whole_number
from workix.core.errors import one_line
from workix.core.resources import LARGEST_INTEGER

_LIMITS = ("users", "pipelines", "executions")


class Command(commands.Command):
    help = (
        "Opens an organization with all that its archive holds, or nothing; the id it had is kept. People come without a"
        " password: its admins are mailed the link that proves their address."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The archive, of manage.py export_organization.")
        parser.add_argument("--reason", required=True, help="Kept in the organization's audit trail.")
        parser.add_argument("--slug", help="Another one than it had.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be, and what is wrong; do nothing.")
        parser.add_argument("--plan", choices=Plan.values, default=Plan.FREE.value, help="The free one, unless said.")
        for name in _LIMITS:
            limit = whole_number(0, LARGEST_INTEGER)
            parser.add_argument(f"--{name}", type=limit, help="A limit of its own, other than the plan's.")
        parser.add_argument("--confirmed", action="store_true", help="You vouch that proven addresses are proven.")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                imported = import_organization(opened, _terms(options), apply=not dry_run, progress=self._progress)
        except OSError as error:
            raise CommandError(f"The archive can't be read: {one_line(error)}") from error
        except FaultyArchive as refusal:
            self._tell(refusal)
            raise
        self.answer(_as_json(imported), *_sentences(imported))

    def _progress(self, done: int, of: int) -> None:
        """Draw how far it is, to whoever watches a terminal: once for checking, once for writing."""
        if self.stderr.isatty() and of and (done % 100 == 0 or done == of):
            bar = "#" * (30 * done // of)
            self.stderr.write(f"\r[{bar:<30}] {done:,} of {of:,}", ending="\n" if done == of else "")

    def _tell(self, refusal: FaultyArchive) -> None:
        told, more = refusal.faults.told, refusal.faults.count - len(refusal.faults.told)
        data = {"applied": False, "faults": [asdict(each) for each in told], "more_faults": more}
        self.answer(data, *map(str, told), *([f"And {more:,} more."] if more else []))


def _terms(options: dict[str, Any]) -> Terms:
    own = {name: options[name] for name in _LIMITS if options[name] is not None}
    plan = Plan(options["plan"])
    return Terms(
        slug=options["slug"],
        plan=plan,
        limits=replace(LIMITS[plan], **own) if own else None,
        are_vouched_for=options["confirmed"],
        reason=options["reason"],
    )


def _as_json(imported: Imported) -> dict[str, object]:
    return {
        "applied": imported.is_applied,
        "id": imported.id,
        "slug": imported.slug,
        "rows": imported.rows,
        "left_out": imported.left_out,
        "trail": asdict(imported.trail.verified),
        "faults": [],
        "more_faults": 0,
    }


def _sentences(imported: Imported) -> list[str]:
    done = "were imported" if imported.is_applied else "would be imported"
    rows = sum(imported.rows.values())
    left = ", ".join(f"{count:,} of {table}" for table, count in imported.left_out.items())
    return [
        f"{rows:,} rows of {len(imported.rows)} tables {done} as {imported.slug}.",
        f"The former trail verifies: {imported.trail.verified.entries:,} entries. It stays in the archive.",
        *([f"Left out: {left}."] if left else []),
    ]
