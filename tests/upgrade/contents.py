"""Reads every row of every table of the old platform, by the names it had, before and after it is migrated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

import psycopg
from psycopg import sql

from tests.upgrade.names import BOOKKEEPING, column_today, table_today
from tests.upgrade.restored import schemas

#: (schema, table), as they were -> columns, as they were.
Columns = Mapping[tuple[str, str], list[str]]
#: (schema, table), as they were -> every row, as text.
Rows = dict[tuple[str, str], list[tuple[Any, ...]]]

_COLUMNS = """
    SELECT n.nspname, c.relname, array_agg(a.attname::text ORDER BY a.attnum)
      FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_attribute AS a ON a.attrelid = c.oid
     WHERE n.nspname = ANY (%s) AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped GROUP BY 1, 2"""


def columns_of(connection: psycopg.Connection) -> Columns:
    """List every table of the old platform, with the columns that must outlive the migration."""
    return {
        (schema, table): list(BOOKKEEPING.get(table, columns))
        for schema, table, columns in connection.execute(_COLUMNS, [schemas()])
    }


def rows_before(connection: psycopg.Connection, columns: Columns) -> Rows:
    """Read them by the names they have in the dump."""
    return {
        (schema, table): _read(connection, schema, table, [f'"{name}"' for name in names])
        for (schema, table), names in columns.items()
    }


def rows_after(connection: psycopg.Connection, columns: Columns) -> Rows:
    """Read them by the names they have today (tests/upgrade/names.py)."""
    return {
        (schema, table): _read(connection, schema, table_today(table), [column_today(table, name) for name in names])
        for (schema, table), names in columns.items()
    }


def lost_or_changed(before: Rows, after: Rows) -> Iterator[tuple[str, str]]:
    """Name every table whose rows are not what they were; where migrating writes itself, rows may come."""
    for (schema, table), rows in before.items():
        found = after[schema, table]
        is_kept = set(rows) <= set(found) if table in BOOKKEEPING else rows == found
        if not is_kept:
            yield schema, table


def _read(connection: psycopg.Connection, schema: str, table: str, expressions: list[str]) -> list[tuple[Any, ...]]:
    listed = sql.SQL(", ").join(sql.SQL(cast(Any, f"({expression})::text")) for expression in expressions)
    query = sql.SQL("SELECT {} FROM {} ORDER BY ROW({})::text").format(listed, sql.Identifier(schema, table), listed)
    return connection.execute(query).fetchall()
