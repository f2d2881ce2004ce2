"""Bootstrap: makes the control role and the tenants' group, and sets privileges and policies on `public`."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql

from audit import signed_calls
from audit.registry import TRIGGER
from tenants.isolation import owner, policies, schema_objects
from tenants.isolation.credentials import verifier_of
from tenants.isolation.database_roles import DatabaseRole, control_role, control_role_name, tenants_group
from tenants.isolation.grants import declared_grants
from workix.core.apps import foundation_apps


def prepare() -> None:
    """Close the database, and make the shared roles. Before the migrations; run again, it changes nothing."""
    with owner.connect() as connection:
        name, me = sql.Identifier(connection.info.dbname), sql.Identifier(connection.info.user)
        _make_role(connection, tenants_group(), sql.SQL("NOLOGIN NOINHERIT"))
        _make_role(connection, control_role_name(), _control_attributes(control_role()))
        group, control = sql.Identifier(tenants_group()), sql.Identifier(control_role_name())
        statements = [
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name),
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(name, group, control),
            sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} REVOKE ALL ON FUNCTIONS FROM PUBLIC").format(me),
            sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} REVOKE ALL ON TYPES FROM PUBLIC").format(me),
            sql.SQL("ALTER ROLE {} SET search_path = public, pg_temp").format(control),
            sql.SQL("ALTER ROLE {} SET \"TimeZone\" = 'UTC'").format(control),
        ]
        connection.execute(sql.SQL(";\n").join(statements))
        # Migrations change rows, and what they change is recorded by the trigger as it is now.
        connection.execute(_functions()[f"audit/{TRIGGER}.sql"])  # a file of ours


def close_public() -> None:
    """Declare functions, grants, policies and triggers of `public` anew. After its migrations, in one transaction."""
    with owner.connect() as connection, connection.transaction():
        connection.execute(functions_sql())  # files of ours
        tables = frozenset(
            row[0]
            for row in connection.execute(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            )
        )
        given = [grant.give() for grant in sorted(declared_grants(connection, ()))]
        statements = [signed_call_key(), *_revocations(), *given, *policies.statements(tables)]
        connection.execute(sql.SQL(";\n").join([*statements, *schema_objects.missing_triggers(connection, "public")]))


def functions_sql() -> str:
    """Read every function there is in `public`: each app of the foundation has its own in `sql/`."""
    return "\n".join(_functions().values())


def signed_call_key() -> sql.Composed:
    """Write the key that the application signs with now, where it is not there. See Note [Signed calls]."""
    inner, outer = map(sql.Literal, signed_calls.padded_keys())
    return sql.SQL(
        "INSERT INTO public.signed_call_key AS kept (id, inner_key, outer_key) VALUES (1, {inner}, {outer})"
        " ON CONFLICT (id) DO UPDATE SET inner_key = excluded.inner_key, outer_key = excluded.outer_key"
        " WHERE (kept.inner_key, kept.outer_key) <> (excluded.inner_key, excluded.outer_key)"
    ).format(inner=inner, outer=outer)


def _functions() -> dict[str, str]:
    """Map app and file to the text, in the order of the settings: a function may call those before it."""
    return {
        f"{app.label}/{file.name}": file.read_text()
        for app in foundation_apps()
        for file in sorted((Path(app.path) / "sql").glob("*.sql"))
    }


def _make_role(connection: psycopg.Connection, role: str, attributes: sql.Composable) -> None:
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = sql.SQL("ALTER ROLE" if exists else "CREATE ROLE")
    connection.execute(sql.SQL("{} {} {}").format(verb, sql.Identifier(role), attributes))


def _control_attributes(role: DatabaseRole) -> sql.Composed:
    return sql.SQL("LOGIN NOINHERIT PASSWORD {}").format(sql.Literal(verifier_of(role.name, role.version)))


def _revocations() -> list[sql.Composed]:
    """Take everything in `public` from everybody but its owner, so that only what is declared is left."""
    everybody = sql.SQL(", ").join(
        [sql.SQL("PUBLIC"), sql.Identifier(tenants_group()), sql.Identifier(control_role_name())]
    )
    kinds = ("ALL TABLES", "ALL SEQUENCES", "ALL ROUTINES")
    return [
        sql.SQL("REVOKE ALL ON SCHEMA public FROM {}").format(everybody),
        *(sql.SQL("REVOKE ALL ON " + kind + " IN SCHEMA public FROM {}").format(everybody) for kind in kinds),
    ]
