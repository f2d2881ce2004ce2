"""Puts up the walls that are there once: the control role, the group, and who may do what in `public`."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql

from audit import net
from tenants.walls import declared, owner, policies
from tenants.walls.credentials import verifier_of
from tenants.walls.declared import Privilege
from tenants.walls.logins import Login, control_login, control_role, tenants_group

FUNCTIONS_SQL = Path(__file__).parent / "sql" / "functions.sql"


def prepare() -> None:
    """Close the database, and make the shared roles. Before the migrations; run again, it changes nothing."""
    with owner.connect() as connection:
        name, me = sql.Identifier(connection.info.dbname), sql.Identifier(connection.info.user)
        _make_role(connection, tenants_group(), sql.SQL("NOLOGIN NOINHERIT"))
        _make_role(connection, control_role(), _control_attributes(control_login()))
        group, control = sql.Identifier(tenants_group()), sql.Identifier(control_role())
        statements = [
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name),
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(name, group, control),
            sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} REVOKE ALL ON FUNCTIONS FROM PUBLIC").format(me),
            sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} REVOKE ALL ON TYPES FROM PUBLIC").format(me),
            sql.SQL("ALTER ROLE {} SET search_path = public, pg_temp").format(control),
            sql.SQL("ALTER ROLE {} SET \"TimeZone\" = 'UTC'").format(control),
        ]
        connection.execute(sql.SQL(";\n").join(statements))
        connection.execute(net.WITNESS_SQL.read_text())  # type: ignore[arg-type]  # a file of ours


def close_public() -> None:
    """Declare functions, grants, policies and triggers of `public` anew. After its migrations, in one transaction."""
    with owner.connect() as connection, connection.transaction():
        connection.execute(FUNCTIONS_SQL.read_text())  # type: ignore[arg-type]  # a file of ours
        tables = frozenset(
            row[0]
            for row in connection.execute(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            )
        )
        control_functions = [
            row[0]
            for row in connection.execute(
                "SELECT oid::regprocedure::text FROM pg_proc"
                " WHERE pronamespace = 'public'::regnamespace AND starts_with(proname, %s)",
                [declared.CONTROL_FUNCTION_PREFIX],
            )
        ]
        statements = [*_revocations(), *_grants(tables, control_functions), *policies.statements(tables)]
        connection.execute(sql.SQL(";\n").join([*statements, *net.triggers("public", tables)]))


def _make_role(connection: psycopg.Connection, role: str, attributes: sql.Composable) -> None:
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = sql.SQL("ALTER ROLE" if exists else "CREATE ROLE")
    connection.execute(sql.SQL("{} {} {}").format(verb, sql.Identifier(role), attributes))


def _control_attributes(login: Login) -> sql.Composed:
    return sql.SQL("LOGIN NOINHERIT PASSWORD {}").format(
        sql.Literal(verifier_of(login.role, login.version))
    )


def _revocations() -> list[sql.Composed]:
    """Take everything in `public` from everybody but its owner, so that only what is declared is left."""
    everybody = sql.SQL(", ").join([sql.SQL("PUBLIC"), sql.Identifier(tenants_group()), sql.Identifier(control_role())])
    kinds = ("ALL TABLES", "ALL SEQUENCES", "ALL ROUTINES")
    return [
        sql.SQL("REVOKE ALL ON SCHEMA public FROM {}").format(everybody),
        *(sql.SQL("REVOKE ALL ON " + kind + " IN SCHEMA public FROM {}").format(everybody) for kind in kinds),
    ]


def _grants(tables: frozenset[str], control_functions: list[str]) -> list[sql.Composed]:
    group, control = sql.Identifier(tenants_group()), sql.Identifier(control_role())
    statements = [sql.SQL("GRANT USAGE ON SCHEMA public TO {}, {}").format(group, control)]
    for role, grants in ((group, declared.GROUP_GRANTS), (control, declared.CONTROL_GRANTS)):
        for table, privileges in grants.items():
            if table in tables:
                statements += [_grant(privilege, table, role) for privilege in privileges]
    statements += [
        sql.SQL("GRANT USAGE ON SEQUENCE {} TO {}").format(sql.Identifier("public", name), control)
        for name in declared.CONTROL_SEQUENCES
    ]
    statements += [_execute(function, group) for function in declared.GROUP_FUNCTIONS]
    statements += [_execute(function, control) for function in (*declared.CONTROL_FUNCTIONS, *control_functions)]
    types = ("procrastinate_job_status", "procrastinate_job_event_type", "procrastinate_job_to_defer_v1")
    return statements + [
        sql.SQL("GRANT USAGE ON TYPE public.{} TO {}").format(sql.Identifier(name), control) for name in types
    ]


def _grant(privilege: Privilege, table: str, role: sql.Identifier) -> sql.Composed:
    return sql.SQL("GRANT {} ON {} TO {}").format(privilege.as_sql(), sql.Identifier("public", table), role)


def _execute(signature: str, role: sql.Identifier) -> sql.Composed:
    name = signature if signature.startswith("public.") else f"public.{signature}"
    return sql.SQL("GRANT EXECUTE ON FUNCTION " + name + " TO {}").format(role)
