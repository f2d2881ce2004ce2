"""Schema objects: the CHECK constraints, triggers and grants that make a schema one organization's own."""

from __future__ import annotations

from uuid import UUID

import psycopg
from psycopg import sql

from audit import triggers
from tenants.isolation import roles
from tenants.isolation.database_roles import DatabaseRole

CHECK = "belongs_to_this_organization"
SEATS = "count_seats"

_WITHOUT_CHECK = """
    SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
     WHERE c.relnamespace = to_regnamespace(%s) AND c.relkind = 'r' AND a.attname = 'organization_id'
       AND NOT EXISTS (SELECT 1 FROM pg_constraint AS k WHERE k.conrelid = c.oid AND k.conname = %s AND k.convalidated)
     ORDER BY c.relname"""
# A disabled trigger counts as missing; arguments are kept one behind the other, each ended by a NUL.
_TRIGGERS = """
    SELECT c.relname, tgname, n.nspname || '.' || p.proname, tgargs
      FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_proc AS p ON p.oid = t.tgfoid
      JOIN pg_namespace AS n ON n.oid = p.pronamespace
     WHERE c.relnamespace = to_regnamespace(%s) AND tgenabled = 'O' AND NOT tgisinternal"""
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(%s) AND relkind = 'r'"


def apply(connection: psycopg.Connection, role: DatabaseRole, organization_id: UUID, *, grant: bool = True) -> None:
    """Apply everything declared to a schema that migrations made or changed. Run again, it changes nothing."""
    statements = missing(connection, role.schema, organization_id)
    if grant:
        statements += roles.grant_statements(role, _tables(connection, role.schema))
    if statements:
        connection.execute(sql.SQL(";\n").join(statements))


def missing(connection: psycopg.Connection, schema: str, organization_id: UUID) -> list[sql.Composed]:
    """List what a schema lacks: a check on a table with an organization_id, or a declared trigger."""
    tables = _tables(connection, schema)
    there = {tuple(row[:2]): tuple(row[2:]) for row in connection.execute(_TRIGGERS, [schema])}
    statements = [
        statement
        for table, statement in triggers.triggers(schema, tables).items()
        if there.get((table, triggers.TRIGGER)) != ("public.audit_row_change", triggers.arguments(table))
    ]
    if "users" in tables and there.get(("users", SEATS)) != ("public.count_seats", b""):
        statements.append(_seats(schema))
    for (table,) in connection.execute(_WITHOUT_CHECK, [schema, CHECK]).fetchall():
        statements += _own_rows_only(schema, table, organization_id)
    return statements


def undeclared_triggers(connection: psycopg.Connection, schema: str) -> list[tuple[str, str, sql.Composed]]:
    """List triggers that nobody declared: table, trigger, and the statement that drops it."""
    audited = triggers.audited_tables()
    return [
        (table, name, sql.SQL("DROP TRIGGER {} ON {}").format(sql.Identifier(name), sql.Identifier(schema, table)))
        for table, name, *_ in connection.execute(_TRIGGERS, [schema]).fetchall()
        if not (name == triggers.TRIGGER and table in audited) and (table, name) != ("users", SEATS)
    ]


# Note [Seats]
# Usage of every other resource is reported by the service that uses it. Users are rows of ours: so a trigger moves their
# counter with the row, in the same transaction, whatever path the row takes; public.take_quota() refuses any other way.


def _seats(schema: str) -> sql.Composed:
    """Take a seat for each person who comes, and give it back for each who goes. See Note [Seats]."""
    trigger, table = sql.Identifier(SEATS), sql.Identifier(schema, "users")
    return sql.SQL(
        "CREATE OR REPLACE TRIGGER {} AFTER INSERT OR DELETE OR UPDATE OF deleted_at ON {}"
        " FOR EACH ROW EXECUTE FUNCTION public.count_seats(); ALTER TABLE {} ENABLE TRIGGER {}"
    ).format(trigger, table, table, trigger)


def _tables(connection: psycopg.Connection, schema: str) -> frozenset[str]:
    return frozenset(row[0] for row in connection.execute(_TABLES, [schema]))


def _own_rows_only(schema: str, table: str, organization_id: UUID) -> list[sql.Composed]:
    """Make the column right by itself, and wrong by nobody: a row can't even be restored into another schema."""
    alter = sql.SQL("ALTER TABLE {} ").format(sql.Identifier(schema, table))
    mine = sql.Literal(str(organization_id))
    return [
        alter + sql.SQL("ALTER COLUMN organization_id SET DEFAULT {}::uuid").format(mine),
        alter + sql.SQL("ALTER COLUMN organization_id SET NOT NULL"),
        alter + sql.SQL("ADD CONSTRAINT {} CHECK (organization_id = {}::uuid)").format(sql.Identifier(CHECK), mine),
    ]
