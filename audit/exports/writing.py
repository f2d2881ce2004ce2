"""CSV (RFC 4180) and NDJSON lines of audit entries; cells that a spreadsheet would run as a formula are defused."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping

import orjson

from audit.entry_json import entry_as_json
from audit.models import LogEntry
from workix.api.json_limits import OPTIONS

COLUMNS = (
    "id",
    "created_at",
    "actor_type",
    "actor_id",
    "actor_label",
    "action",
    "resource_type",
    "resource_id",
    "resource_label",
    "changes",
    "reason",
    "ip_address",
    "user_agent",
    "request_id",
    "is_verified",
    "on_behalf_of",
    "run_id",
    "step_id",
)
#: What a cell begins with that Excel, LibreOffice or Google Sheets takes for a formula, or drops to find one behind it (OWASP,
#: "CSV Injection"); the last four are full width, which some of them read alike.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def csv_head() -> bytes:
    """Name the columns."""
    return _csv([COLUMNS])


def csv_lines(entries: Iterable[LogEntry]) -> bytes:
    return _csv([_cell(entry, column) for column in COLUMNS] for entry in entries)


def ndjson_lines(entries: Iterable[LogEntry]) -> bytes:
    """Write a line of JSON for each entry, as GET /audit-logs/ shows it."""
    options = OPTIONS | orjson.OPT_APPEND_NEWLINE
    return b"".join(orjson.dumps(entry_as_json(entry), default=str, option=options) for entry in entries)


#: Format -> what comes first, and what writes a batch.
FORMATS: Mapping[str, tuple[Callable[[], bytes], Callable[[Iterable[LogEntry]], bytes]]] = {
    "csv": (csv_head, csv_lines),
    "ndjson": (bytes, ndjson_lines),
}


def defused(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run; blanks before it do not hide it."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text


def _cell(entry: LogEntry, column: str) -> str:
    value = getattr(entry, column)
    if column == "changes":
        return orjson.dumps(value, option=OPTIONS).decode()
    if column == "created_at":
        return orjson.dumps(value, option=OPTIONS).decode().strip('"')
    return defused("" if value is None else str(value))


def _csv(rows: Iterable[Iterable[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(rows)
    return written.getvalue().encode()
