"""Reads a file of people (CSV with a header, or NDJSON), line by line: what each says, or what is wrong with it and where."""

# Note [Files from elsewhere]
# A file may be anything. So it is read as bytes, a line at a time and no longer than LONGEST_LINE, of which there may be
# MOST_LINES: what cannot be read in that way ends the reading. All else is told line by line, so that it can be mended at once.
# A line is a person: no name goes over two of them, whatever quotes are around it.

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

CSV, NDJSON = "csv", "ndjson"
COLUMNS = ("email", "first_name", "last_name", "role", "password_hash")
MOST_LINES, LONGEST_LINE = 20_001, 4_096
_BOM = b"\xef\xbb\xbf"
_NAMES = ", ".join(COLUMNS)


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says, by the names of COLUMNS; what it leaves out is empty."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line. `field` is empty where it is the line as a whole."""

    line: int
    field: str
    detail: str


class _Wrong(ValueError):
    """What is wrong, where it was found; `ends` says that nothing after it can be read."""

    def __init__(self, detail: str, *, field: str = "", ends: bool = False) -> None:
        super().__init__(detail)
        self.fault, self.ends = (field, detail), ends


def read_lines(file: BinaryIO, form: str) -> Iterator[Line | Fault]:
    """Read what a file says. See Note [Files from elsewhere]."""
    header: list[str] | None = None
    for number, raw in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), b""), start=1):
        try:
            text = _text(raw, number)
            if not text.strip():
                continue
            if form == CSV and header is None:
                header = _header(_cells(text))
                continue
            yield Line(number, _of_csv(_cells(text), header or []) if form == CSV else _of_json(text))
        except _Wrong as wrong:
            yield Fault(number, *wrong.fault)
            if wrong.ends:
                return


def _text(raw: bytes, number: int) -> str:
    if len(raw) > LONGEST_LINE:
        raise _Wrong(f"This line is longer than {LONGEST_LINE:,} bytes.", ends=True)
    if number > MOST_LINES:
        raise _Wrong(f"A file has {MOST_LINES:,} lines at most: cut it into several.", ends=True)
    try:
        text = (raw.removeprefix(_BOM) if number == 1 else raw).decode()
    except UnicodeDecodeError:
        raise _Wrong("This line is not UTF-8. Save the file as UTF-8.", ends=number == 1) from None
    return text.rstrip("\r\n")


def _cells(text: str) -> list[str]:
    if "\0" in text:
        raise _Wrong("There is a NUL character in this line.")
    try:
        (cells,) = csv.reader([text], strict=True)
    except (csv.Error, ValueError):
        raise _Wrong("This is no line of CSV: a quote is not closed, or stands in the middle of a value.") from None
    return cells


def _header(cells: list[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or "email" not in names or len(set(names)) < len(names):
        raise _Wrong(
            f"The first line names the columns, each once and with commas between: email, and any of {_NAMES}.",
            ends=True,
        )
    return names


def _of_csv(cells: list[str], header: list[str]) -> dict[str, str]:
    if len(cells) != len(header):
        raise _Wrong(f"This line has {len(cells)} values, and the first line names {len(header)}.")
    return _complete(dict(zip(header, cells, strict=True)))


def _of_json(text: str) -> dict[str, str]:
    try:
        found = json.loads(text, object_pairs_hook=_object)
    except _Wrong:
        raise
    except (ValueError, RecursionError):
        raise _Wrong("This line is no JSON object.") from None
    if not isinstance(found, dict):
        raise _Wrong("This line is no JSON object.")
    for name, value in found.items():
        if name not in COLUMNS:
            raise _Wrong(f"There is a name that we do not know. Use any of {_NAMES}.")
        if not (isinstance(value, str) or value is None):
            raise _Wrong("Use a text, or null.", field=name)
        if value and any("\ud800" <= character <= "\udfff" for character in value):
            raise _Wrong("There is half of a character in it (a surrogate of UTF-16).", field=name)
    return _complete({name: value or "" for name, value in found.items()})


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise _Wrong("A name stands twice in this line.")
    return dict(pairs)


def _complete(values: dict[str, str]) -> dict[str, str]:
    return {name: values.get(name, "").strip() for name in COLUMNS}
