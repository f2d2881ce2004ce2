"""Looks for texts in every text and JSON column of a tenant schema (scan), and takes them out; for the owner alone."""

# Raw SQL: reads the catalogs, and goes through whatever tables and columns there are.

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from psycopg import sql

from tenants.erasure.traces import ERASED

#: Tables of which an erasure has ways of its own: entries are erased as a whole, and hashes hold no text.
_OF_THE_TRAIL = frozenset({"audit_logs", "audit_leaves", "audit_subtrees", "audit_checkpoints"})
_COLUMNS = """
    SELECT c.relname::text, a.attname::text, t.typname::text, CASE WHEN a.atttypmod > 4 THEN a.atttypmod - 4 END
      FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_type AS t ON t.oid = a.atttypid
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
       AND a.attgenerated = '' AND (t.typcategory IN ('S', 'A') OR t.typname IN ('json', 'jsonb', 'xml'))
     ORDER BY 1, 2"""


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column that can hold a text. `longest` is in characters; None where it has no bound."""

    table: str
    name: str
    type: str
    longest: int | None

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"


def text_columns() -> list[TextColumn]:
    """List every column of the schema that can hold a text: of text, JSON, or arrays."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        return [TextColumn(*row) for row in cursor.fetchall()]


def count_found(pattern: str, *, but_in: frozenset[str] = frozenset()) -> dict[str, int]:
    """Look for an expression in all of them, and count rows by column: those where it was found. Tables may be left out."""
    found: dict[str, int] = {}
    for table, columns in _by_table([each for each in text_columns() if each.table not in but_in]):
        counts = sql.SQL(", ").join(
            sql.SQL("count(*) FILTER (WHERE {}::text ~* %(pattern)s)").format(sql.Identifier(each.name))
            for each in columns
        )
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT {} FROM {}").format(counts, sql.Identifier(table)), {"pattern": pattern})
            rows = cursor.fetchone() or ()
        found |= {str(each): count for each, count in zip(columns, rows, strict=True) if count}
    return found


def take_out(pattern: str) -> dict[str, int]:
    """Put ERASED in the place of what is found, in every table but the trail's. Return the rows by column."""
    columns = {str(each): each for each in text_columns()}
    return {name: _take_out_of(columns[name], pattern) for name in count_found(pattern, but_in=_OF_THE_TRAIL)}


def _take_out_of(column: TextColumn, pattern: str) -> int:
    written = sql.SQL("regexp_replace({}::text, %(pattern)s, %(erased)s, 'gi')").format(sql.Identifier(column.name))
    if column.longest is not None:
        written = sql.SQL("left({}, {})").format(written, sql.Literal(column.longest))
    statement = sql.SQL("UPDATE {} SET {} = {}::{} WHERE {}::text ~* %(pattern)s").format(
        sql.Identifier(column.table),
        sql.Identifier(column.name),
        written,
        sql.Identifier(column.type),
        sql.Identifier(column.name),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"pattern": pattern, "erased": ERASED})
        return int(cursor.rowcount)


def _by_table(columns: list[TextColumn]) -> Iterator[tuple[str, list[TextColumn]]]:
    for table in dict.fromkeys(each.table for each in columns):
        yield table, [each for each in columns if each.table == table]
