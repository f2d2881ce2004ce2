"""Privilege: what a database role may do with a table, as GRANT writes it."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import sql


@dataclass(frozen=True, slots=True)
class Privilege:
    """One privilege on a table, or on some of its columns."""

    name: str
    columns: tuple[str, ...] = ()

    def as_sql(self) -> sql.Composable:
        if not self.columns:
            return sql.SQL(self.name)
        columns = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        return sql.SQL("{} ({})").format(sql.SQL(self.name), columns)


SELECT, INSERT, UPDATE, DELETE = (Privilege(name) for name in ("SELECT", "INSERT", "UPDATE", "DELETE"))
EVERY_ROW = (SELECT, INSERT, UPDATE, DELETE)
