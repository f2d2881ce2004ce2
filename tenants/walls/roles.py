"""Makes, grants to, heals and drops a tenant role."""

from __future__ import annotations

import logging

import psycopg
from psycopg import sql

from tenants.walls import owner
from tenants.walls.abilities import Abilities, read_abilities
from tenants.walls.credentials import verifier_of
from tenants.walls.declared import TENANT_GRANTS
from tenants.walls.logins import (
    TENANT_CONNECTION_LIMIT,
    TENANT_SETTINGS,
    TENANT_TEMP_FILE_LIMIT,
    Kind,
    Login,
    tenants_group,
)
from workix.observability import metrics

logger = logging.getLogger("workix.walls")

MEMBERSHIP_OPTIONS_SINCE = 160_000

#: What a server says that has nothing to do with the role: waiting helps, healing does not.
_NOT_THE_ROLE = ("too many connections", "remaining connection slots", "starting up", "shutting down", "recovery mode")

#: Whether a role is still wanted: one that is being removed must not come back to life.
_LIVES = "SELECT 1 FROM public.organizations WHERE schema_name = %s AND deleted_at IS NULL"


def create_statements(login: Login, able: Abilities) -> list[sql.Composed]:
    """Make the role, member of the tenants' group and of nothing else. See Note [Membership]."""
    role = sql.Identifier(login.role)
    return [
        sql.SQL("CREATE ROLE {} {}").format(role, attributes(login, able)),
        membership(login.role, able),
        *settings_statements(login, able),
    ]


# Note [Membership]
# The group carries CONNECT and the few functions, so that no shared object lists every organization in its own
# privileges. A NOINHERIT member can't use them; from PostgreSQL 16 the membership itself says INHERIT and forbids
# SET ROLE, so the role stays NOINHERIT towards anything else. On 15 only the role can say it.


def attributes(login: Login, able: Abilities) -> sql.Composed:
    """Write the attributes of a tenant role, password verifier included.

    Power (SUPERUSER, CREATEDB, CREATEROLE, REPLICATION, BYPASSRLS) is never given, and can't be named here: only who
    has it may, even to deny it. The check of the walls looks for it.
    """
    inherit = sql.SQL("NOINHERIT" if able.version >= MEMBERSHIP_OPTIONS_SINCE else "INHERIT")
    return sql.SQL("LOGIN {} CONNECTION LIMIT {} PASSWORD {}").format(
        inherit, sql.Literal(TENANT_CONNECTION_LIMIT), sql.Literal(verifier_of(login.role, login.version))
    )


def membership(role: str, able: Abilities) -> sql.Composed:
    options = " WITH INHERIT TRUE, SET FALSE" if able.version >= MEMBERSHIP_OPTIONS_SINCE else ""
    return sql.SQL("GRANT {} TO {}" + options).format(sql.Identifier(tenants_group()), sql.Identifier(role))


def settings_statements(login: Login, able: Abilities) -> list[sql.Composed]:
    """Write the role's own settings; the start-up packet repeats them on our connections."""
    values: dict[str, str | None] = {"search_path": None, **TENANT_SETTINGS}
    if able.limits_temp_files:
        values["temp_file_limit"] = TENANT_TEMP_FILE_LIMIT
    role = sql.Identifier(login.role)
    path = sql.SQL(", ").join(sql.Identifier(name) for name in login.search_path().split(","))
    return [
        sql.SQL("ALTER ROLE {} SET {} = {}").format(
            role, sql.Identifier(name), path if value is None else sql.Literal(value)
        )
        for name, value in values.items()
    ]


def grant_statements(login: Login, tables: frozenset[str]) -> list[sql.Composed]:
    """Grant what is declared on those of `tables` that are declared. The rest stays closed."""
    role, schema = sql.Identifier(login.role), sql.Identifier(login.schema)
    statements = [sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, role)]
    for table, privileges in TENANT_GRANTS.items():
        if table in tables:
            listed = sql.SQL(", ").join(privilege.as_sql() for privilege in privileges)
            place = sql.Identifier(login.schema, table)
            statements.append(sql.SQL("GRANT {} ON {} TO {}").format(listed, place, role))
    return statements


def drop(connection: psycopg.Connection, role: str) -> None:
    """Remove a role that owns nothing and was granted nothing outside the schema that is already gone."""
    connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def settings_as_kept(login: Login, able: Abilities) -> set[str]:
    """Write the declared settings as `pg_db_role_setting` keeps them."""
    kept = {f"{name}={value}" for name, value in TENANT_SETTINGS.items()}
    kept.add(f"search_path={', '.join(login.search_path().split(','))}")
    return kept | ({f"temp_file_limit={TENANT_TEMP_FILE_LIMIT}"} if able.limits_temp_files else set())


def healing(login: Login, able: Abilities) -> sql.Composed:
    """Put the password and the settings of a role back to what is derived and declared."""
    role = sql.Identifier(login.role)
    attributed = attributes(login, able) if login.kind is Kind.TENANT else _password(login)
    settings = settings_statements(login, able) if login.kind is Kind.TENANT else []
    return sql.SQL(";\n").join(
        [
            sql.SQL("ALTER ROLE {} RESET ALL").format(role),
            sql.SQL("ALTER ROLE {} IN DATABASE {} RESET ALL").format(role, sql.Identifier(owner.database().name)),
            sql.SQL("ALTER ROLE {} {}").format(role, attributed),
            *settings,
        ]
    )


def _password(login: Login) -> sql.Composed:
    return sql.SQL("PASSWORD {}").format(sql.Literal(verifier_of(login.role, login.version)))


def heal(login: Login) -> bool:
    """Mend a role that would not let us in. Answers false, and mends nothing, where the organization is being removed."""
    with owner.connect() as connection:
        if login.kind is Kind.TENANT and not connection.execute(_LIVES, [login.role]).fetchone():
            return False
        connection.execute(healing(login, read_abilities(connection)))
    logger.warning("walls.role_healed", extra={"role": login.role})
    metrics.ROLE_HEALS.labels("ok").inc()
    return True


def heal_after(error: psycopg.OperationalError, login: Login) -> bool:
    """Heal the role if the server turned it away for a reason of its own; say whether to try again."""
    said = str(error)
    if "FATAL" not in said or any(phrase in said for phrase in _NOT_THE_ROLE):
        return False
    try:
        return heal(login)
    except psycopg.Error:
        logger.exception("walls.role_not_healed", extra={"role": login.role})
        metrics.ROLE_HEALS.labels("failed").inc()
        return False
