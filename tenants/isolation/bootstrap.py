"""Bootstrap: makes the roles that all organizations share, and what of functions and settings each release declares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from hashlib import md5
from pathlib import Path

import psycopg
from psycopg import sql

from audit import signed_calls
from tenants.isolation import owner
from tenants.isolation.credentials import verifier_of
from tenants.isolation.database_roles import (
    CONTROL_SETTINGS,
    GROUP_ATTRIBUTES,
    DatabaseRole,
    RoleKind,
    attributes_of_shared,
    login_roles,
    tenants_group,
)
from tenants.isolation.privileges import CONTROL_FUNCTION_PREFIX
from tenants.isolation.server_roles import administration, watchdog_memberships
from tenants.isolation.server_roles.other_platforms import lets_us_in, refuse_roles_of_others
from workix.core.apps import foundation_apps

_ROLE = "SELECT rolcanlogin, rolinherit, rolconnlimit FROM pg_roles WHERE rolname = %s"
_SETTINGS = """
    SELECT unnest(setconfig) FROM pg_db_role_setting JOIN pg_roles AS r ON r.oid = setrole
     WHERE rolname = %s AND setdatabase = 0"""
_CLOSED_BY_DEFAULT = """
    SELECT defaclobjtype::text FROM pg_default_acl JOIN pg_roles AS r ON r.oid = defaclrole
     WHERE rolname = current_user AND defaclnamespace = 0
       AND NOT EXISTS (SELECT 1 FROM aclexplode(defaclacl) AS a WHERE a.grantee = 0)"""

# Note [Comparing functions]
# What a function must be is written in SQL, and the server keeps it in a form of its own. So when the declared text was
# run, each function gets a comment: a digest of that text together with what the catalogs then said of the function.
# Where both are as they were, so is the digest, and nothing has to be run to know it.
_FUNCTIONS = """
    SELECT p.oid::regprocedure::text AS signature, proname AS name, obj_description(p.oid, 'pg_proc') AS kept,
           md5(concat_ws(' ', {declared}::text, p.oid::regprocedure, md5(prosrc), prosecdef, proconfig, provolatile, proisstrict,
                         prolang, prorettype::regtype)) AS digest
      FROM pg_proc AS p
     WHERE pronamespace = 'public'::regnamespace AND NOT starts_with(proname, {prefix})
       AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = p.oid AND deptype = 'e')"""
# What a library's migrations made runs with the rights of whoever calls it.
_POWERFUL_FUNCTIONS_OF_LIBRARIES = """
    SELECT p.oid::regprocedure::text FROM pg_proc AS p
     WHERE pronamespace = 'public'::regnamespace AND starts_with(proname, %s) AND (prosecdef OR proconfig IS NOT NULL)
     ORDER BY 1"""
_NAMES = re.compile(r"CREATE OR REPLACE FUNCTION public\.(\w+)\(")


def prepare() -> None:
    """Make the shared roles, and close by default what will be made. Before the migrations; run again, it changes nothing.

    :raises UnsafeServer: when the roles are another platform's.
    """
    with owner.connect() as connection:
        refuse_roles_of_others(connection)
        administration.take_administration()
        defaults = (statement for _, statement in open_defaults(connection))
        statements: list[sql.Composable] = [
            *_group(connection),
            *(statement for role in login_roles() for statement in _that_logs_in(connection, role)),
            *defaults,
        ]
        if any(True for _ in function_differences(connection)):
            # Migrations change rows, and what they change is recorded by the trigger as it is now.
            statements += [
                sql.SQL(text) for name, text in _functions().items() if name.startswith("audit/")
            ]  # files of ours
        if statements:
            connection.execute(sql.SQL(";\n").join(statements))
    watchdog_memberships.give()


def functions_sql() -> str:
    """Read every function there is in `public`: each app of the foundation has its own in `sql/`."""
    return "\n".join(_functions().values())


def function_differences(connection: psycopg.Connection) -> Iterator[tuple[str, sql.Composed]]:
    """Say each function that is missing or changed, and how to repair it. See Note [Comparing functions]."""
    rows = _read_functions(connection)
    names = _declared_names()
    for name in sorted(names - {row[1] for row in rows}):
        yield f"The function public.{name} is missing.", _declare_functions()
    for signature, name, kept, digest in rows:
        if name in names and kept != digest:
            yield f"The function {signature} is changed, or of another release.", _declare_functions()
    for (signature,) in connection.execute(_POWERFUL_FUNCTIONS_OF_LIBRARIES, [CONTROL_FUNCTION_PREFIX]).fetchall():
        weaker = sql.SQL("ALTER FUNCTION {0} SECURITY INVOKER;\nALTER FUNCTION {0} RESET ALL").format(
            sql.SQL(signature)
        )
        yield f"The function {signature} has settings of its own, or its owner's rights.", weaker


def undeclared_functions(connection: psycopg.Connection) -> Iterator[tuple[str, sql.Composed]]:
    """Say each function that nobody declared, and how to drop it. A release that still runs may need it."""
    names = _declared_names()
    for signature, name, *_ in _read_functions(connection):
        if name not in names:
            drop = sql.SQL("DROP FUNCTION IF EXISTS {}").format(sql.SQL(signature))
            yield f"Nobody declared the function {signature}.", drop


def signed_call_key() -> sql.Composed:
    """Write the key that the application signs with now, where it is not there. See Note [Signed calls]."""
    inner, outer = map(sql.Literal, signed_calls.padded_keys())
    return sql.SQL(
        "INSERT INTO public.signed_call_key AS kept (id, inner_key, outer_key) VALUES (1, {inner}, {outer})"
        " ON CONFLICT (id) DO UPDATE SET inner_key = excluded.inner_key, outer_key = excluded.outer_key"
        " WHERE (kept.inner_key, kept.outer_key) <> (excluded.inner_key, excluded.outer_key)"
    ).format(inner=inner, outer=outer)


@cache
def _functions() -> dict[str, str]:
    """Map app and file to the text, in the order of the settings: a function may call those before it."""
    return {
        f"{app.label}/{file.name}": file.read_text()
        for app in foundation_apps()
        for file in sorted((Path(app.path) / "sql").glob("*.sql"))
    }


def _declared_names() -> set[str]:
    return set(_NAMES.findall(functions_sql()))


def _read_functions(connection: psycopg.Connection) -> list[tuple[str, str, str | None, str]]:
    with connection.transaction():
        connection.execute("SET LOCAL search_path = pg_catalog")  # so that every name comes out qualified
        return sorted(connection.execute(_functions_query()).fetchall())


def _functions_query() -> sql.Composed:
    declared = md5(functions_sql().encode(), usedforsecurity=False).hexdigest()
    return sql.SQL(_FUNCTIONS).format(declared=sql.Literal(declared), prefix=sql.Literal(CONTROL_FUNCTION_PREFIX))


def _declare_functions() -> sql.Composed:
    """Run every declared text, and keep what came of it. See Note [Comparing functions]."""
    names = sql.Literal(sorted(_declared_names()))
    return sql.SQL("""
        {declared};
        DO $keep$ DECLARE each record; BEGIN
            SET LOCAL search_path = pg_catalog;
            FOR each IN SELECT * FROM ({functions}) AS f WHERE name = ANY ({names}) LOOP
                EXECUTE format('COMMENT ON FUNCTION %s IS %L', each.signature, each.digest);
            END LOOP;
            RESET search_path;
        END $keep$""").format(
        declared=sql.SQL(functions_sql()),  # files of ours
        functions=_functions_query(),
        names=names,
    )


def _group(connection: psycopg.Connection) -> Iterator[sql.Composed]:
    found = connection.execute(_ROLE, [tenants_group()]).fetchone()
    if found != (False, False, -1):
        yield _role(tenants_group(), found is not None, sql.SQL(GROUP_ATTRIBUTES))


def _that_logs_in(connection: psycopg.Connection, role: DatabaseRole) -> Iterator[sql.Composed]:
    """Make a role that all organizations share. What its password is, only a log-in can tell."""
    found = connection.execute(_ROLE, [role.name]).fetchone()
    if found != (True, role.kind is RoleKind.WATCHDOG, -1) or not lets_us_in(owner.database().name, role):
        password = sql.Literal(verifier_of(role.name, role.version))
        yield _role(
            role.name, found is not None, sql.SQL(f"{attributes_of_shared(role.name)} PASSWORD {{}}").format(password)
        )
    there = {row[0] for row in connection.execute(_SETTINGS, [role.name])}
    for kept, setting in CONTROL_SETTINGS.items():
        if kept not in there:
            yield sql.SQL("ALTER ROLE {} SET {}").format(sql.Identifier(role.name), sql.SQL(setting))


def _role(name: str, exists: bool, attributes: sql.Composable) -> sql.Composed:
    verb = sql.SQL("ALTER ROLE" if exists else "CREATE ROLE")
    return sql.SQL("{} {} {}").format(verb, sql.Identifier(name), attributes)


def open_defaults(connection: psycopg.Connection) -> Iterator[tuple[str, sql.Composed]]:
    """Say of what the owner makes is everybody's until it is granted, and how to close that."""
    closed = {row[0] for row in connection.execute(_CLOSED_BY_DEFAULT)}
    for kind, name in (("f", "FUNCTIONS"), ("T", "TYPES")):
        if kind not in closed:
            revoke = sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} REVOKE ALL ON {} FROM PUBLIC").format(
                sql.Identifier(owner.database().user), sql.SQL(name)
            )
            yield name.capitalize(), revoke
