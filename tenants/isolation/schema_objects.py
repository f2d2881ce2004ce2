"""Schema objects: the CHECK constraints, triggers and grants that make a schema one organization's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from tenants.isolation import roles
from tenants.isolation.database_roles import DatabaseRole
from workix.core.triggers import RowTrigger, declared_triggers

CHECK = "belongs_to_this_organization"

_WITHOUT_CHECK = """
    SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
     WHERE c.relnamespace = to_regnamespace(%s) AND c.relkind = 'r' AND a.attname = 'organization_id'
       AND NOT EXISTS (SELECT 1 FROM pg_constraint AS k WHERE k.conrelid = c.oid AND k.conname = %s AND k.convalidated)
     ORDER BY c.relname"""
# What a trigger executes, its arguments (one behind the other, each ended by a NUL), its events, and whether it fires
# after each row, always, under no condition.
_TRIGGERS = """
    SELECT c.relname, tgname, n.nspname || '.' || p.proname, tgargs,
           concat_ws(' OR ', CASE WHEN tgtype & 4 > 0 THEN 'INSERT' END, CASE WHEN tgtype & 8 > 0 THEN 'DELETE' END,
                     CASE WHEN tgtype & 16 > 0 THEN concat_ws(' OF ', 'UPDATE', (
                         SELECT string_agg(a.attname, ', ' ORDER BY a.attname) FROM pg_attribute AS a
                          WHERE a.attrelid = c.oid AND a.attnum = ANY (tgattr::int2[]))) END),
           tgenabled = 'O' AND tgtype & 67 = 1 AND tgqual IS NULL
      FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_proc AS p ON p.oid = t.tgfoid
      JOIN pg_namespace AS n ON n.oid = p.pronamespace
     WHERE c.relnamespace = to_regnamespace(%s) AND NOT tgisinternal"""
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(%s) AND relkind = 'r'"

#: (table, trigger) -> what the catalogs say about it.
Triggers = dict[tuple[str, str], tuple[Any, ...]]


def apply(connection: psycopg.Connection, role: DatabaseRole, organization_id: UUID, *, grant: bool = True) -> None:
    """Apply everything declared to a schema that migrations made or changed. Run again, it changes nothing."""
    statements = missing(connection, role.schema, organization_id)
    if grant:
        statements += roles.grant_statements(role, _tables(connection, role.schema))
    if statements:
        connection.execute(sql.SQL(";\n").join(statements))


def missing(connection: psycopg.Connection, schema: str, organization_id: UUID) -> list[sql.Composed]:
    """List what a schema lacks: a declared trigger, or a check on a table with an organization_id."""
    statements = missing_triggers(connection, schema)
    for (table,) in connection.execute(_WITHOUT_CHECK, [schema, CHECK]).fetchall():
        statements += _own_rows_only(schema, table, organization_id)
    return statements


def missing_triggers(connection: psycopg.Connection, schema: str) -> list[sql.Composed]:
    """List the declared triggers that a schema lacks, or has otherwise than declared; `public` may be one."""
    there, tables = _triggers(connection, schema), _tables(connection, schema)
    return [
        _make(schema, table, trigger, there)
        for table, triggers in declared_triggers().items()
        for trigger in triggers
        if table in tables and (trigger.in_public or schema != "public")
        if there.get((table, trigger.name)) != _as_kept(trigger)
    ]


def undeclared_triggers(connection: psycopg.Connection, schema: str) -> list[tuple[str, str, sql.Composed]]:
    """List triggers that nobody declared: table, trigger, and the statement that drops it."""
    declared = {(table, each.name) for table, triggers in declared_triggers().items() for each in triggers}
    undeclared = sorted(_triggers(connection, schema).keys() - declared)
    return [(table, name, _drop(schema, table, name)) for table, name in undeclared]


# Note [One trigger for another]
# A function that is renamed takes its triggers along, under the names they had. Where the trigger is made under its new
# name, the old one goes in the same transaction: so each row is seen once, before and after, and never twice.


def _make(schema: str, table: str, trigger: RowTrigger, there: Triggers) -> sql.Composed:
    """Write what makes a trigger, and what its declaration wants done then. See Note [One trigger for another]."""
    name, on = sql.Identifier(trigger.name), sql.Identifier(schema, table)
    function, arguments = (
        sql.Identifier("public", trigger.name),
        sql.SQL(", ").join(map(sql.Literal, trigger.arguments)),
    )
    former = [
        each
        for (where, each), kept in there.items()
        if where == table and each != trigger.name and kept[0] == f"public.{trigger.name}"
    ]
    statements = [
        *(_drop(schema, table, each) for each in former),
        sql.SQL(
            "CREATE OR REPLACE TRIGGER {} AFTER " + trigger.events + " ON {} FOR EACH ROW EXECUTE FUNCTION {}({})"
        ).format(name, on, function, arguments),
        sql.SQL("ALTER TABLE {} ENABLE TRIGGER {}").format(on, name),
    ]
    if trigger.then:
        called_with = sql.SQL(", ").join(map(sql.Literal, (schema, table, *trigger.arguments)))
        statements.append(sql.SQL("SELECT {}({})").format(sql.Identifier("public", trigger.then), called_with))
    return sql.SQL(";\n").join(statements)


def _drop(schema: str, table: str, trigger: str) -> sql.Composed:
    return sql.SQL("DROP TRIGGER {} ON {}").format(sql.Identifier(trigger), sql.Identifier(schema, table))


def _as_kept(trigger: RowTrigger) -> tuple[Any, ...]:
    """Say of a trigger what the catalogs would."""
    arguments = b"".join(argument.encode() + b"\x00" for argument in trigger.arguments)
    return f"public.{trigger.name}", arguments, trigger.events, True


def _triggers(connection: psycopg.Connection, schema: str) -> Triggers:
    return {(row[0], row[1]): tuple(row[2:]) for row in connection.execute(_TRIGGERS, [schema])}


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
