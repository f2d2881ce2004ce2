"""Checks an archive as a whole before anything is written: each file, each line of it, and its trail; names every fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from audit.transparency.offline_verifier import Broken, Verified, read_verifier_key, verify
from audit.transparency.signing import origin_of
from privacy.organizations.archive import exported_models
from privacy.organizations.importing import manifest as manifests
from privacy.organizations.importing.container import Container
from privacy.organizations.importing.faults import Fault, Faults, faulty
from privacy.organizations.importing.json_lines import read_object
from privacy.organizations.importing.manifest import Manifest, Told
from privacy.organizations.importing.rows import DANGLING, Importing, Row, TableOfRows, Wrong
from workix.core.models import NOT_IMPORTED
from workix.core.permissions import Role

#: Characters of a checkpoint: it becomes a part of an entry.
LONGEST_NOTE = 2_000
#: What the lines of a trail that was never one make of the verifier.
_NO_TRAIL = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Trail:
    """What the archive's trail was seen to be, and its last checkpoint: a note (C2SP), or empty."""

    verified: Verified
    checkpoint: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A row that is right, its line, and how many bytes that has."""

    line: int
    row: Row
    size: int


class Checking:
    """Reads an archive from its first row to its last, and tells the faults it finds. Begun anew, it reads it again."""

    def __init__(self, container: Container, manifest: Manifest) -> None:
        self._container, self.manifest = container, manifest
        self.faults = Faults()
        self.models = [model for model in exported_models() if model not in NOT_IMPORTED]
        self._importing = Importing(self.models)
        known = {model._meta.db_table for model in exported_models()}
        for name in manifest.tables:
            if name not in known:
                self._add(manifests.NAME, 0, f"tables.{name[:100]}", "There is no such table here.")

    def tables(self) -> Iterator[tuple[TableOfRows, Told]]:
        """List the tables that are imported, each behind those it points to."""
        for model in self.models:
            told = self.manifest.tables.get(model._meta.db_table)
            if told is not None:
                yield TableOfRows(model, of=self.manifest.id, importing=self._importing), told

    def rows(self, table: TableOfRows, told: Told) -> Iterator[Checked]:
        """Yield the rows of a table that are right; tell what is wrong with the others."""
        for line, content in self._lines(told):
            try:
                yield Checked(line, table.read(line, read_object(content)), len(content))
            except Wrong as wrong:
                self._add(told.file, line, wrong.column, wrong.detail)
            except ValueError as error:
                self._add(told.file, line, "", str(error))
        for line, column in table.dangling():
            self._add(told.file, line, column, DANGLING)

    def trail(self) -> Trail:
        """Verify the trail with the keys that are beside it: that it is whole, and not whose keys they are."""
        told, checkpoint = self.manifest.trail, ""

        def lines() -> Iterator[dict[str, Any]]:
            nonlocal checkpoint
            for _, content in self._lines(told):
                line = read_object(content)
                checkpoint = line.get("checkpoint", checkpoint)
                if len(checkpoint) > LONGEST_NOTE:
                    raise Broken("A checkpoint is longer than any that we write.")
                yield line

        try:
            keys = [key for _, key in map(read_verifier_key, self.manifest.verifier_keys)]
            return Trail(verify(lines(), origin_of(self.manifest.id), keys), checkpoint)
        except _NO_TRAIL as error:
            said = str(error) if isinstance(error, Broken) else "This is no trail."
            self._add(told.file, 0, "", said)
        return Trail(Verified(), "")

    def _lines(self, told: Told) -> Iterator[tuple[int, bytes]]:
        def ended(rows: int, sha256: str) -> None:
            if (rows, sha256) != (told.rows, told.sha256):
                self._add(told.file, 0, "", "It is not what the manifest says: other rows, or another SHA-256.")

        for number, content in self._container.lines(told.file, ended):
            if number > told.rows:
                raise faulty(told.file, "It has more lines than the manifest says.", line=number)
            yield number, content

    def _add(self, file: str, line: int, column: str, detail: str) -> None:
        self.faults.add(Fault(file, line, column, detail))


def check(container: Container, manifest: Manifest, progress: Progress) -> Trail:
    """Read everything once, and write nothing.

    :raises FaultyArchive: naming what is wrong, by file and line.
    """
    checking = Checking(container, manifest)
    total, done, has_admin = rows_imported(manifest), 0, False
    for table, told in checking.tables():
        for checked in checking.rows(table, told):
            has_admin = has_admin or (table.model is User and is_admin(checked.row))
            done += 1
            progress(done, total)
    if not has_admin:
        checking.faults.add(Fault("tables/users.ndjson", 0, "role", "There is no active admin in it."))
    trail = checking.trail()
    checking.faults.require_none()
    return trail


def is_admin(row: Row) -> bool:
    return bool(row["role"] == Role.ADMIN and is_present(row))


def is_present(row: Row) -> bool:
    """Say whether somebody may log in once they proved their address."""
    return row["is_active"] is True and row["deleted_at"] is None


def rows_imported(manifest: Manifest) -> int:
    """Count the rows of tables that are imported."""
    return sum(told.rows for told in manifest.tables.values()) - sum(rows_left_out(manifest).values())


def rows_left_out(manifest: Manifest) -> dict[str, int]:
    """Count the rows of tables that are known and not imported."""
    tables = {model._meta.db_table: model for model in exported_models() if model in NOT_IMPORTED}
    return {name: told.rows for name, told in manifest.tables.items() if name in tables and told.rows}
