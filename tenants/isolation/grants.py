"""Grants: those declared, those in the catalogs, and the difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import LiteralString

import psycopg
from psycopg import sql

from tenants.isolation import privileges as declared
from tenants.isolation.database_roles import (
    control_role_name,
    pgbouncer_role_name,
    sequencer_role_name,
    tenants_group,
    watchdog_role_name,
)
from workix.core.apps import foundation_apps
from workix.core.privileges import Privilege

#: Types of `public` the job worker names in its calls.
CONTROL_TYPES = ("procrastinate_job_status", "procrastinate_job_event_type", "procrastinate_job_to_defer_v1")


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """One privilege of one role on one thing. `name` is written as in SQL; `grantee` PUBLIC means everybody.

    `may_grant` is the right to give it away (WITH GRANT OPTION), which nothing declares.
    """

    kind: str
    name: str
    grantee: str
    privilege: str
    column: str = ""
    may_grant: bool = False

    def __str__(self) -> str:
        column = f" ({self.column})" if self.column else ""
        what = f"the right to grant {self.privilege}" if self.may_grant else self.privilege
        return f"{what}{column} on {self.kind.lower()} {self.name} for {self.grantee}"

    def give(self) -> sql.Composed:
        return self._statement("GRANT", "TO")

    def take(self) -> sql.Composed:
        if self.may_grant:
            return self._statement("REVOKE GRANT OPTION FOR", "FROM") + sql.SQL(" CASCADE")  # what came of it goes, too
        return self._statement("REVOKE", "FROM")

    def _statement(self, verb: str, preposition: str) -> sql.Composed:
        column = sql.SQL(" ({})").format(sql.Identifier(self.column)) if self.column else sql.SQL("")
        grantee = sql.SQL("PUBLIC") if self.grantee == "PUBLIC" else sql.Identifier(self.grantee)
        words = f"{verb} {self.privilege}"
        return sql.SQL(words) + column + sql.SQL(f" ON {self.kind} {self.name} {preposition} ") + grantee


_ON_DATABASE = """
    SELECT 'DATABASE', quote_ident(d.datname), a.grantee, a.privilege_type, '', a.is_grantable
      FROM pg_database AS d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS a
     WHERE d.datname = current_database() AND a.grantee <> d.datdba"""
# What the catalogs say, without what an owner has on its own things.
_IN_SCHEMAS = """
    WITH ours AS (SELECT oid, nspname, nspacl, nspowner FROM pg_namespace WHERE nspname = ANY (%s))
    SELECT 'SCHEMA', quote_ident(nspname), a.grantee, a.privilege_type, '', a.is_grantable
      FROM ours, aclexplode(coalesce(nspacl, acldefault('n', nspowner))) AS a WHERE a.grantee <> nspowner
    UNION ALL
    SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid::regclass::text, a.grantee, a.privilege_type, '',
           a.is_grantable
      FROM ours JOIN pg_class AS c ON c.relnamespace = ours.oid,
           aclexplode(coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner))) AS a
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND a.grantee <> c.relowner
    UNION ALL
    SELECT 'TABLE', c.oid::regclass::text, a.grantee, a.privilege_type, t.attname, a.is_grantable
      FROM ours JOIN pg_class AS c ON c.relnamespace = ours.oid JOIN pg_attribute AS t ON t.attrelid = c.oid,
           aclexplode(t.attacl) AS a WHERE a.grantee <> c.relowner AND NOT t.attisdropped
    UNION ALL
    SELECT 'FUNCTION', p.oid::regprocedure::text, a.grantee, a.privilege_type, '', a.is_grantable
      FROM ours JOIN pg_proc AS p ON p.pronamespace = ours.oid,
           aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a WHERE a.grantee <> p.proowner
    UNION ALL
    SELECT 'TYPE', y.oid::regtype::text, a.grantee, a.privilege_type, '', a.is_grantable
      FROM ours JOIN pg_type AS y ON y.typnamespace = ours.oid LEFT JOIN pg_class AS r ON r.oid = y.typrelid,
           aclexplode(coalesce(y.typacl, acldefault('T', y.typowner))) AS a
     WHERE a.grantee <> y.typowner AND y.typelem = 0 AND coalesce(r.relkind, 'c') = 'c'"""


def find_public_grants(connection: psycopg.Connection) -> frozenset[Grant]:
    """Read every grant on our database, on `public` and on what is in it."""
    return _read(connection, _ON_DATABASE) | _read(connection, _IN_SCHEMAS, ["public"])


def find_tenant_grants(connection: psycopg.Connection, schemas: Iterable[str]) -> dict[str, frozenset[Grant]]:
    """Read every grant on tenant schemas and on what is in them, for all of them at once."""
    found: dict[str, set[Grant]] = {schema: set() for schema in schemas}
    for grant in _read(connection, _IN_SCHEMAS, list(found)):
        found[grant.name.partition(".")[0]].add(grant)
    return {schema: frozenset(grants) for schema, grants in found.items()}


def _read(connection: psycopg.Connection, query: LiteralString, *parameters: list[str]) -> frozenset[Grant]:
    with connection.transaction():
        connection.execute("SET LOCAL search_path = pg_catalog")  # so that every name comes out qualified
        names: dict[int, str] = dict(connection.execute("SELECT oid, rolname FROM pg_roles").fetchall())
        return frozenset(
            Grant(kind, name, names.get(grantee, "PUBLIC"), privilege, column, may_grant)
            for kind, name, grantee, privilege, column, is_grantable in connection.execute(query, parameters or None)
            for may_grant in {False, is_grantable}
        )


def declared_tenant_grants(schema: str) -> frozenset[Grant]:
    """List every grant there must be on a tenant schema and what is in it."""
    return frozenset(_of_tenant(schema))


def differences(found: frozenset[Grant], wanted: frozenset[Grant]) -> Iterator[tuple[str, sql.Composed]]:
    """Say each difference in a sentence, with the statement that ends it."""
    for grant in sorted(found - wanted):
        yield f"Nobody declared this grant: {grant}.", grant.take()
    for grant in sorted(wanted - found):
        yield f"A declared grant is missing: {grant}.", grant.give()


def declared_public_grants(connection: psycopg.Connection) -> frozenset[Grant]:
    """List every grant there must be on our database, on `public` and on what is in it."""
    return frozenset(_of_public(connection))


def _of_public(connection: psycopg.Connection) -> Iterator[Grant]:
    group, control, sequencer, watchdog = (
        tenants_group(), control_role_name(), sequencer_role_name(), watchdog_role_name(),
    )  # fmt: skip
    row = connection.execute("SELECT quote_ident(current_database())").fetchone()
    database = row[0] if row else ""
    for role in (group, control, sequencer, watchdog):
        yield Grant("DATABASE", database, role, "CONNECT")
        yield Grant("SCHEMA", "public", role, "USAGE")
    if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [pgbouncer_role_name()]).fetchone() is not None:
        yield Grant("DATABASE", database, pgbouncer_role_name(), "CONNECT")
    for role, tables in (
        (group, declared.GROUP_GRANTS),
        (control, declared.control_grants()),
        (sequencer, declared.SEQUENCER_IN_PUBLIC),
        (watchdog, declared.WATCHDOG_IN_PUBLIC),
    ):
        for table, privileges in tables.items():
            yield from _of_table(f"public.{table}", role, privileges)
    for sequence in declared.CONTROL_SEQUENCES:
        yield Grant("SEQUENCE", f"public.{sequence}", control, "USAGE")
    for role, functions in (
        (group, [each for app in foundation_apps() for each in app.tenant_functions]),
        (control, [each for app in foundation_apps() for each in app.control_functions]),
        (control, control_functions(connection)),
    ):
        yield from (Grant("FUNCTION", _qualified(function), role, "EXECUTE") for function in functions)
    yield from (Grant("TYPE", f"public.{name}", control, "USAGE") for name in CONTROL_TYPES)


def control_functions(connection: psycopg.Connection) -> list[str]:
    """List the job worker's functions, as the catalogs write them when search_path leads nowhere."""
    with connection.transaction():
        connection.execute("SET LOCAL search_path = pg_catalog")
        rows = connection.execute(
            "SELECT oid::regprocedure::text FROM pg_proc"
            " WHERE pronamespace = to_regnamespace('public') AND starts_with(proname, %s)",
            [declared.CONTROL_FUNCTION_PREFIX],
        )
        return [row[0] for row in rows]


def _of_tenant(schema: str) -> Iterator[Grant]:
    yield Grant("SCHEMA", schema, schema, "USAGE")
    for table, privileges in declared.tenant_grants().items():
        yield from _of_table(f"{schema}.{table}", schema, privileges)
    yield Grant("SCHEMA", schema, sequencer_role_name(), "USAGE")
    for table, privileges in declared.sequencer_grants().items():
        yield from _of_table(f"{schema}.{table}", sequencer_role_name(), privileges)


def _of_table(name: str, role: str, privileges: tuple[Privilege, ...]) -> Iterator[Grant]:
    for privilege in privileges:
        for column in privilege.columns or ("",):
            yield Grant("TABLE", name, role, privilege.name, column)


def _qualified(function: str) -> str:
    text = function if function.startswith("public.") else f"public.{function}"
    return text.replace(", ", ",")
