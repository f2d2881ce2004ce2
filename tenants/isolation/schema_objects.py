"""Schema objects: the CHECK constraints, triggers and grants that make a schema one organization's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from tenants.isolation import grants
from tenants.isolation.database_roles import DatabaseRole
from workix.core.triggers import Trigger, declared_triggers

CHECK = "belongs_to_this_organization"

FINGERPRINTS_SQL = (Path(__file__).parent / "sql" / "schema_fingerprints.sql").read_text()

_TABLES = """
    SELECT nspname, c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE nspname = ANY (%s) AND c.relkind = 'r' ORDER BY 1, 2"""
_WITHOUT_CHECK = """
    SELECT nspname, c.relname
      FROM unnest(%s::text[], %s::text[]) AS o (nspname, id) JOIN pg_namespace AS n USING (nspname)
      JOIN pg_class AS c ON c.relnamespace = n.oid JOIN pg_attribute AS a ON a.attrelid = c.oid
     WHERE c.relkind = 'r' AND a.attname = 'organization_id' AND NOT a.attisdropped
       AND NOT (a.attnotnull
         AND EXISTS (SELECT 1 FROM pg_constraint AS k WHERE k.conrelid = c.oid AND k.conname = %s AND k.convalidated
                        AND pg_get_expr(k.conbin, c.oid) = format('(organization_id = %%L::uuid)', o.id))
         AND EXISTS (SELECT 1 FROM pg_attrdef AS d WHERE d.adrelid = c.oid AND d.adnum = a.attnum
                        AND pg_get_expr(d.adbin, c.oid) = format('%%L::uuid', o.id)))
     ORDER BY 1, 2"""
# What a trigger executes, its arguments (one behind the other, each ended by a NUL), when and for what it fires, and whether
# it always does.
_TRIGGERS = """
    SELECT own.nspname, c.relname, tgname, n.nspname || '.' || p.proname, tgargs,
           CASE WHEN tgtype & 2 > 0 THEN 'BEFORE ' WHEN tgtype & 64 > 0 THEN 'INSTEAD OF ' ELSE 'AFTER ' END ||
           concat_ws(' OR ', CASE WHEN tgtype & 4 > 0 THEN 'INSERT' END, CASE WHEN tgtype & 8 > 0 THEN 'DELETE' END,
                     CASE WHEN tgtype & 16 > 0 THEN concat_ws(' OF ', 'UPDATE', (
                         SELECT string_agg(a.attname, ', ' ORDER BY a.attname) FROM pg_attribute AS a
                          WHERE a.attrelid = c.oid AND a.attnum = ANY (tgattr::int2[]))) END),
           concat_ws(' ', CASE WHEN coalesce(tgoldtable, tgnewtable) IS NOT NULL THEN 'REFERENCING' END,
                     'OLD TABLE AS ' || tgoldtable, 'NEW TABLE AS ' || tgnewtable,
                     CASE WHEN tgtype & 1 > 0 THEN 'FOR EACH ROW' ELSE 'FOR EACH STATEMENT' END,
                     substring(pg_get_triggerdef(t.oid, true) FROM ' (WHEN .*) EXECUTE ')),
           tgenabled = 'O'
      FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_namespace AS own ON own.oid = c.relnamespace
      JOIN pg_proc AS p ON p.oid = t.tgfoid JOIN pg_namespace AS n ON n.oid = p.pronamespace
     WHERE own.nspname = ANY (%s) AND NOT tgisinternal"""

#: (table, trigger) -> what the catalogs say about it.
Triggers = dict[tuple[str, str], tuple[Any, ...]]

# Note [Schemas that are alike]
# To look at each of a thousand schemas would take minutes, and all but a few are the same. So one query makes a short
# fingerprint of each; of those with the same one, one is looked at closely. If nothing is wrong with it, nothing is with
# any of them. What is looked at closely, is looked at in one query for all, too.


def alike(connection: psycopg.Connection, schemas: Iterable[str]) -> list[list[str]]:
    """Put schemas together that are the same but for their names. See Note [Schemas that are alike]."""
    groups: dict[str, list[str]] = {}
    for schema, fingerprint in connection.execute(FINGERPRINTS_SQL, [list(schemas)]):
        groups.setdefault(fingerprint, []).append(schema)
    return list(groups.values())


def apply(
    connection: psycopg.Connection, role: DatabaseRole, organization_id: UUID, *, grant: bool = True
) -> list[str]:
    """Apply what of everything declared a schema lacks that migrations made or changed, and take grants nobody declared.

    Return what was executed.
    """
    statements = missing(connection, {role.schema: organization_id}).get(role.schema, [])
    if grant:
        statements += [statement for _, statement in _grants_that_differ(connection, role.schema)]
    if statements:
        connection.execute(sql.SQL(";\n").join(statements))
    return [each.as_string(connection) for each in statements]


def missing(connection: psycopg.Connection, organizations: Mapping[str, UUID]) -> dict[str, list[sql.Composed]]:
    """Map each schema to what it lacks, where it lacks something: a declared trigger, or a check on organization_id."""
    schemas = list(organizations)
    there, tables = _triggers(connection, schemas), _tables(connection, schemas)
    found = {schema: list(_missing_triggers(schema, there[schema], tables[schema])) for schema in schemas}
    identities = [str(each) for each in organizations.values()]
    for schema, table in connection.execute(_WITHOUT_CHECK, [schemas, identities, CHECK]):
        found[schema] += _own_rows_only(schema, table, organizations[schema])
    return {schema: statements for schema, statements in found.items() if statements}


def missing_triggers(connection: psycopg.Connection, schema: str) -> list[sql.Composed]:
    """List the declared triggers that a schema lacks, or has otherwise than declared; `public` may be one."""
    there, tables = _triggers(connection, [schema]), _tables(connection, [schema])
    return list(_missing_triggers(schema, there[schema], tables[schema]))


def undeclared_triggers(connection: psycopg.Connection, *schemas: str) -> list[tuple[str, str, str, sql.Composed]]:
    """List triggers that nobody declared: schema, table, trigger, and the statement that drops it."""
    declared = {(table, each.name) for table, triggers in declared_triggers().items() for each in triggers}
    return [
        (schema, table, name, _drop(schema, table, name))
        for schema, there in _triggers(connection, schemas).items()
        for table, name in sorted(there.keys() - declared)
    ]


def _missing_triggers(schema: str, there: Triggers, tables: Collection[str]) -> Iterator[sql.Composed]:
    for table, triggers in declared_triggers().items():
        for trigger in triggers:
            wanted = table in tables and (trigger.in_public or schema != "public")
            if wanted and there.get((table, trigger.name)) != _as_kept(trigger):
                yield _make(schema, table, trigger, there)


def _grants_that_differ(connection: psycopg.Connection, schema: str) -> Iterator[tuple[str, sql.Composed]]:
    """Of tables that are not there yet, nothing can be granted."""
    there = {schema, *(f"{schema}.{table}" for table in _tables(connection, [schema])[schema])}
    wanted = frozenset(grant for grant in grants.declared_tenant_grants(schema) if grant.name in there)
    return grants.differences(grants.find_tenant_grants(connection, [schema])[schema], wanted)


# Note [One trigger for another]
# A function that is renamed takes its triggers along, under the names they had. Where the trigger is made under its new
# name, the old one goes in the same transaction, and so do those it says that it replaces: so each row is seen once, before
# and after, and never twice.


def _make(schema: str, table: str, trigger: Trigger, there: Triggers) -> sql.Composed:
    """Write what makes a trigger, and what its declaration wants done then. See Note [One trigger for another]."""
    name, on = sql.Identifier(trigger.name), sql.Identifier(schema, table)
    declared = {each.name for each in declared_triggers()[table]}
    former = [
        each
        for (where, each), kept in there.items()
        if where == table
        and (each in trigger.replaces or (each not in declared and kept[0] == f"public.{trigger.executes}"))
    ]
    statements = [
        *(_drop(schema, table, each) for each in former),
        sql.SQL(
            f"CREATE OR REPLACE TRIGGER {{}} {trigger.moment} ON {{}} {trigger.condition} EXECUTE FUNCTION {{}}({{}})"
        ).format(
            name,
            on,
            sql.Identifier("public", trigger.executes),
            sql.SQL(", ").join(map(sql.Literal, trigger.arguments)),
        ),
        sql.SQL("ALTER TABLE {} ENABLE TRIGGER {}").format(on, name),
    ]
    if trigger.then:
        called_with = sql.SQL(", ").join(map(sql.Literal, (schema, table, *trigger.arguments)))
        statements.append(sql.SQL("SELECT {}({})").format(sql.Identifier("public", trigger.then), called_with))
    return sql.SQL(";\n").join(statements)


def _drop(schema: str, table: str, trigger: str) -> sql.Composed:
    """Write what drops a trigger; one that another replaces may be dropped already."""
    return sql.SQL("DROP TRIGGER IF EXISTS {} ON {}").format(sql.Identifier(trigger), sql.Identifier(schema, table))


def _as_kept(trigger: Trigger) -> tuple[Any, ...]:
    """Say of a trigger what the catalogs would."""
    arguments = b"".join(argument.encode() + b"\x00" for argument in trigger.arguments)
    return f"public.{trigger.executes}", arguments, trigger.moment, trigger.condition, True


def _triggers(connection: psycopg.Connection, schemas: Collection[str]) -> dict[str, Triggers]:
    found: dict[str, Triggers] = {schema: {} for schema in schemas}
    for schema, table, name, *kept in connection.execute(_TRIGGERS, [list(schemas)]):
        found[schema][table, name] = tuple(kept)
    return found


def _tables(connection: psycopg.Connection, schemas: Collection[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {schema: [] for schema in schemas}
    for schema, table in connection.execute(_TABLES, [list(schemas)]):
        found[schema].append(table)
    return found


def _own_rows_only(schema: str, table: str, organization_id: UUID) -> list[sql.Composed]:
    """Make the column right by itself, and wrong by nobody: a row can't even be restored into another schema."""
    alter = sql.SQL("ALTER TABLE {} ").format(sql.Identifier(schema, table))
    mine = sql.Literal(str(organization_id))
    return [
        alter + sql.SQL("ALTER COLUMN organization_id SET DEFAULT {}::uuid").format(mine),
        alter + sql.SQL("ALTER COLUMN organization_id SET NOT NULL"),
        alter + sql.SQL("DROP CONSTRAINT IF EXISTS {}").format(sql.Identifier(CHECK)),
        alter + sql.SQL("ADD CONSTRAINT {} CHECK (organization_id = {}::uuid)").format(sql.Identifier(CHECK), mine),
    ]
