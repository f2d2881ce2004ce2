"""ZIP archive of a person's data: JSON and CSV of each table, and index.html, which anybody can read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

import orjson
from django.template.loader import render_to_string

from accounts.models import User
from audit.exports.writing import defused
from privacy.inventory import Row, Table, tables_of
from workix.api.json_limits import OPTIONS

#: So many rows of a table stand in index.html; all of them are in the files.
READABLE = 100


def write_archive(person: User, file: IO[bytes], *, organization: str, now: datetime) -> None:
    """Write everything there is of a person into `file`, a table at a time, in constant memory."""
    shown = []
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for table in tables_of(person):
            _write(archive, f"json/{table.name}.json", _as_json(table))
            _write(archive, f"csv/{table.name}.csv", _as_csv(table))
            shown.append({"name": table.name, "columns": table.columns, "rows": _readable(table)})
        told = {"person": person, "organization": organization, "now": now, "tables": shown, "most": READABLE}
        archive.writestr("index.html", render_to_string("privacy/archive.html", told))


def _write(archive: ZipFile, name: str, parts: Iterator[bytes]) -> None:
    with archive.open(name, "w", force_zip64=True) as file:
        for part in parts:
            file.write(part)


def _as_json(table: Table) -> Iterator[bytes]:
    yield b"["
    for number, row in enumerate(table.read()):
        yield (b",\n" if number else b"\n") + orjson.dumps(row, default=str, option=OPTIONS)
    yield b"\n]\n"


def _as_csv(table: Table) -> Iterator[bytes]:
    yield _line(table.columns)
    for row in table.read():
        yield _line(_cells(row))


def _readable(table: Table) -> list[list[str]]:
    return [_cells(row) for row in islice(table.read(), READABLE)]


def _cells(row: Row) -> list[str]:
    """Write a row's values as texts that no spreadsheet runs."""
    return [defused(_text(value)) for value in row.values()]


def _text(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return orjson.dumps(value, default=str, option=OPTIONS).decode().strip('"')


def _line(cells: Any) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerow(cells)
    return written.getvalue().encode()
