"""Inserts rows of an archive as they are, a batch with one statement; where the database refuses one, it names the line."""

# Raw SQL: inserts the rows of a batch with one statement, with the times they have, which a model would write anew.

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from django.db import DataError, IntegrityError, connection, transaction
from psycopg import sql

from privacy.organizations.importing.checking import Checked
from privacy.organizations.importing.faults import faulty
from privacy.organizations.importing.manifest import Told
from privacy.organizations.importing.rows import Row, TableOfRows
from tenants.models import Organization

#: Rows, and bytes of them, that are written with one statement.
_AT_ONCE, _BYTES_AT_ONCE = 500, 2**24


def batches(rows: Iterable[Checked]) -> Iterator[list[Checked]]:
    batch: list[Checked] = []
    size = 0
    for checked in rows:
        batch.append(checked)
        size += checked.size
        if len(batch) == _AT_ONCE or size > _BYTES_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def insert(table: TableOfRows, told: Told, batch: list[Checked], organization: Organization) -> None:
    """Write a batch; where the database refuses it, find the line.

    :raises FaultyArchive: naming it.
    """
    try:
        with transaction.atomic():
            _insert_rows(table, [checked.row for checked in batch], organization)
    except (IntegrityError, DataError) as error:
        if len(batch) > 1:
            half = len(batch) // 2
            insert(table, told, batch[:half], organization)
            insert(table, told, batch[half:], organization)
            return
        diagnosis = getattr(error.__cause__, "diag", None)
        named = getattr(diagnosis, "constraint_name", None) or getattr(diagnosis, "column_name", None) or "its columns"
        raise faulty(told.file, f"The database refuses this row: {named}.", line=batch[0].line) from None


def _insert_rows(table: TableOfRows, rows: list[Row], organization: Organization) -> None:
    name = sql.Identifier(organization.schema_name, table.name)
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    statement = sql.SQL(
        "INSERT INTO {name} ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::{name}, %s::jsonb)"
    ).format(name=name, columns=columns)
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(rows, default=str, ensure_ascii=False)])
