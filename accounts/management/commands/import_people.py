"""manage.py import_people: people of a file (CSV, NDJSON), with the hashes of their passwords; dry run first."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accounts.people_import.checking import Checked
from accounts.people_import.files import CSV, NDJSON, read_lines
from accounts.people_import.importing import FaultyFile, Imported, Proof, import_people
from workix.core import commands
from workix.core.errors import one_line


class Command(commands.Command):
    help = (
        "Imports people: a file of CSV, whose first line names its columns, or of NDJSON, with email, first_name, last_name, role"
        " and password_hash. All of them or none; without --apply it only says what would be."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="Into which organization.")
        parser.add_argument("file", type=Path, help="UTF-8, a line a person.")
        parser.add_argument("--format", choices=[CSV, NDJSON], help="Unless said, what the name of the file ends with.")
        parser.add_argument("--apply", action="store_true", help="Do it, and do not only say what would be.")
        parser.add_argument("--reason", required=True, help="Kept in the organization's audit trail.")
        proof = parser.add_mutually_exclusive_group()
        proof.add_argument("--confirmed", action="store_true", help="You vouch that the addresses are proven.")
        proof.add_argument("--mail", action="store_true", help="Mail everybody the link that proves their address.")

    def handle(
        self,
        *args: Any,
        slug: str,
        file: Path,
        reason: str,
        confirmed: bool,
        mail: bool,
        apply: bool,
        **options: Any,
    ) -> None:
        form = options["format"] or (NDJSON if file.suffix in (".ndjson", ".jsonl") else CSV)
        proof = Proof.VOUCHED_FOR if confirmed else Proof.MAILED if mail else Proof.ASKED_FOR
        try:
            with file.open("rb") as opened:
                imported = import_people(
                    slug,
                    read_lines(opened, form),
                    apply=apply,
                    proof=proof,
                    reason=reason,
                    progress=self._progress,
                    now=timezone.now(),
                )
        except OSError as error:
            raise CommandError(f"The file can't be read: {one_line(error)}") from error
        except FaultyFile as refusal:
            self._tell(refusal.checked)
            raise
        self.answer(_as_json(imported), _sentence(imported))

    def _progress(self, done: int, of: int) -> None:
        """Draw how far it is, to whoever watches a terminal."""
        if self.stderr.isatty() and (done % 100 == 0 or done == of):
            bar = "#" * (30 * done // of)
            self.stderr.write(f"\r[{bar:<30}] {done:,} of {of:,}", ending="\n" if done == of else "")

    def _tell(self, checked: Checked) -> None:
        told = sorted(checked.faults, key=lambda fault: fault.line)
        lines = [f"Line {each.line}{each.field and ', '}{each.field}: {each.detail}" for each in told]
        more = checked.count_of_faults - len(told)
        data = {"applied": False, "people": 0, "faults": [asdict(each) for each in told], "more_faults": more}
        self.answer(data, *lines, *([f"And {more:,} more."] if more else []))


def _as_json(imported: Imported) -> dict[str, object]:
    return {
        "applied": imported.is_applied,
        "people": imported.people,
        "with_password": imported.with_password,
        "faults": [],
        "more_faults": 0,
    }


def _sentence(imported: Imported) -> str:
    done = "were imported" if imported.is_applied else "would be imported; --apply does it"
    return f"{imported.people:,} people, {imported.with_password:,} of them with a password, {done}."
