"""Reads entries of the trail in the form their leaves are made of: texts, as PostgreSQL writes them."""

# Raw SQL: writes moments and JSON as the canonical form has them, which is PostgreSQL's to do.

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from audit.transparency.offline_verifier import FORMS

#: A column -> how it is written, where a plain text of it would hang on settings of the session.
_WRITTEN = {
    "created_at": """to_char(e.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    "is_verified": "e.is_verified",
}
COLUMNS = (*FORMS["2"][0], *FORMS["2"][1], "salt")
#: The columns of an entry `e`, in the order of COLUMNS.
AS_TEXTS = sql.SQL(", ".join(_WRITTEN.get(column, f"e.{column}::text") for column in COLUMNS))
_ENTRY = sql.SQL("SELECT {} FROM audit_logs AS e WHERE e.id = %s").format(AS_TEXTS)


def entry_of(row: tuple[Any, ...]) -> dict[str, Any]:
    """Name the values of a row that was read with AS_TEXTS."""
    return dict(zip(COLUMNS, row, strict=True))


def find_entry(entry_id: UUID) -> dict[str, Any] | None:
    """Read one entry of the organization in scope."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTRY, [entry_id])
        row = cursor.fetchone()
    return None if row is None else entry_of(row)
