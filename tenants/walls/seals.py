"""What makes a schema one organization's own: its id in every row, its triggers, its grants."""

from __future__ import annotations

from uuid import UUID

import psycopg
from psycopg import sql

from audit import net
from tenants.walls import roles
from tenants.walls.logins import Login

CHECK = "belongs_to_this_organization"

_UNSEALED = """
    SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
     WHERE c.relnamespace = to_regnamespace(%s) AND c.relkind = 'r' AND a.attname = 'organization_id'
       AND NOT EXISTS (SELECT 1 FROM pg_constraint AS k WHERE k.conrelid = c.oid AND k.conname = %s)
     ORDER BY c.relname"""
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(%s) AND relkind = 'r'"


def seal(connection: psycopg.Connection, login: Login, organization_id: UUID, *, grant: bool = True) -> None:
    """Apply everything declared to a schema that migrations made or changed. Run again, it changes nothing."""
    tables = frozenset(row[0] for row in connection.execute(_TABLES, [login.schema]))
    statements = net.triggers(login.schema, tables)
    for (table,) in connection.execute(_UNSEALED, [login.schema, CHECK]).fetchall():
        statements += _own_rows_only(login.schema, table, organization_id)
    if grant:
        statements += roles.grant_statements(login, tables)
    if statements:
        connection.execute(sql.SQL(";\n").join(statements))


def _own_rows_only(schema: str, table: str, organization_id: UUID) -> list[sql.Composed]:
    """Make the column right by itself, and wrong by nobody: a row can't even be restored into another schema."""
    alter = sql.SQL("ALTER TABLE {} ").format(sql.Identifier(schema, table))
    mine = sql.Literal(str(organization_id))
    return [
        alter + sql.SQL("ALTER COLUMN organization_id SET DEFAULT {}::uuid").format(mine),
        alter + sql.SQL("ALTER COLUMN organization_id SET NOT NULL"),
        alter
        + sql.SQL("ADD CONSTRAINT {} CHECK (organization_id = {}::uuid)").format(sql.Identifier(CHECK), mine),
    ]
