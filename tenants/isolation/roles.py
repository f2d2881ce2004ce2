"""CREATE ROLE, ALTER ROLE, GRANT and DROP ROLE: makes, repairs and drops a tenant role."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial

import psycopg
from psycopg import sql

from tenants.isolation import owner
from tenants.isolation.credentials import verifier_of
from tenants.isolation.database_roles import (
    CONTROL_SETTINGS,
    DatabaseRole,
    RoleKind,
    attributes_of_shared,
    sequencer_role_name,
    tenants_group,
)
from tenants.isolation.privileges import sequencer_grants, tenant_grants
from tenants.isolation.server_capabilities import ServerCapabilities, read_server_capabilities
from workix.core.privileges import Privilege
from workix.observability import metrics

logger = logging.getLogger("workix.isolation")

MEMBERSHIP_OPTIONS_SINCE = 160_000

#: How long a repair gives way to others that are at the same role: somebody waits for their request.
REPAIR_PATIENCE_SECONDS = 3.0

#: What a server says that has nothing to do with the role: waiting helps, a repair does not.
_NOT_THE_ROLE = (
    "too many connections",
    "remaining connection slots",
    "starting up",
    "shutting down",
    "recovery mode",
    # PgBouncer's:
    "no more connections allowed",
    "pgbouncer cannot connect",
    "query_wait_timeout",
    "client_login_timeout",
)

#: Whether a role is still wanted: one that is being removed must not come back to life.
_LIVES = "SELECT 1 FROM public.organizations WHERE schema_name = %s AND deleted_at IS NULL"


def create_statements(role: DatabaseRole, capabilities: ServerCapabilities) -> list[sql.Composed]:
    """Make the role, member of the tenants' group and of nothing else. See Note [Membership]."""
    return [
        sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role.name), attributes(role, capabilities)),
        membership(role.name, capabilities),
        *settings_statements(role, capabilities),
    ]


# Note [Membership]
# The group carries CONNECT and the few functions, so that no shared object lists every organization in its own
# privileges. A NOINHERIT member can't use them; from PostgreSQL 16 the membership itself says INHERIT and forbids
# SET ROLE, so the role stays NOINHERIT towards anything else. On 15 only the role can say it.


def attributes(role: DatabaseRole, capabilities: ServerCapabilities) -> sql.Composed:
    """Write the attributes of a tenant role, password verifier included.

    Power (SUPERUSER, CREATEDB, CREATEROLE, REPLICATION, BYPASSRLS) is never given, and can't be named here: only who
    has it may, even to deny it. `manage.py check_isolation` looks for it.
    """
    inherit = sql.SQL("NOINHERIT" if capabilities.version >= MEMBERSHIP_OPTIONS_SINCE else "INHERIT")
    return sql.SQL("LOGIN {} CONNECTION LIMIT {} PASSWORD {}").format(
        inherit, sql.Literal(role.share.connections), sql.Literal(verifier_of(role.name, role.version))
    )


def membership(role: str, capabilities: ServerCapabilities) -> sql.Composed:
    options = " WITH INHERIT TRUE, SET FALSE" if capabilities.version >= MEMBERSHIP_OPTIONS_SINCE else ""
    return sql.SQL("GRANT {} TO {}" + options).format(sql.Identifier(tenants_group()), sql.Identifier(role))


def membership_anew(role: str, capabilities: ServerCapabilities) -> sql.Composed:
    """Take the membership away and give it again: an option that somebody gave with it stays otherwise."""
    revoke = sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(tenants_group()), sql.Identifier(role))
    return sql.SQL(";\n").join([revoke, membership(role, capabilities)])


def settings_statements(role: DatabaseRole, capabilities: ServerCapabilities) -> list[sql.Composed]:
    """Write the role's own settings; the start-up packet repeats them on our connections."""
    values: dict[str, str | None] = {"search_path": None, **role.settings()}
    if capabilities.limits_temp_files:
        values["temp_file_limit"] = role.share.temp_file_limit
    name = sql.Identifier(role.name)
    path = sql.SQL(", ").join(sql.Identifier(schema) for schema in role.search_path().split(","))
    return [
        sql.SQL("ALTER ROLE {} SET {} = {}").format(
            name, sql.Identifier(setting), path if value is None else sql.Literal(value)
        )
        for setting, value in values.items()
    ]


def share_out(connection: psycopg.Connection, role: DatabaseRole) -> None:
    """Give a role that is there the share of its plan, in the owner's transaction. See Note [Fair shares]."""
    limit = sql.SQL("ALTER ROLE {} CONNECTION LIMIT {}").format(
        sql.Identifier(role.name), sql.Literal(role.share.connections)
    )
    settings = settings_statements(role, read_server_capabilities(connection))
    connection.execute(sql.SQL(";\n").join([limit, *settings]))


# Note [Fair shares]
# What a plan may take of the server is in SHARES (tenants/plans.py), and is written on the role: when it is made, when the plan
# changes, and wherever drift is repaired. Connections and, where the owner may set it, temporary files hold. Times are only
# defaults, which a role may lift for its session: so the watchdog compares sessions with the same table from outside. Our own
# connections carry the times in their start-up packet. PgBouncer pins those of the smallest plan for everybody.


def grant_statements(role: DatabaseRole, tables: frozenset[str]) -> list[sql.Composed]:
    """Grant what is declared on those of `tables` that are declared. The rest stays closed."""
    return [
        *_granted(role, role.name, tenant_grants(), tables),
        *_granted(role, sequencer_role_name(), sequencer_grants(), tables),
    ]


def _granted(
    role: DatabaseRole, to: str, declared: Mapping[str, tuple[Privilege, ...]], tables: frozenset[str]
) -> list[sql.Composed]:
    name, schema = sql.Identifier(to), sql.Identifier(role.schema)
    statements = [sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, name)]
    for table, privileges in declared.items():
        if table in tables:
            listed = sql.SQL(", ").join(privilege.as_sql() for privilege in privileges)
            qualified = sql.Identifier(role.schema, table)
            statements.append(sql.SQL("GRANT {} ON {} TO {}").format(listed, qualified, name))
    return statements


def drop(connection: psycopg.Connection, role: str) -> None:
    """Remove a role that owns nothing and was granted nothing outside the schema that is already gone."""
    connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def settings_as_kept(role: DatabaseRole, capabilities: ServerCapabilities) -> set[str]:
    """Write the declared settings as `pg_db_role_setting` keeps them."""
    kept = {f"{name}={value}" for name, value in role.settings().items()}
    kept.add(f"search_path={', '.join(role.search_path().split(','))}")
    return kept | ({f"temp_file_limit={role.share.temp_file_limit}"} if capabilities.limits_temp_files else set())


def repair_statement(role: DatabaseRole, capabilities: ServerCapabilities) -> sql.Composed:
    """Put the password and the settings of a role back to what is derived and declared."""
    if role.kind is RoleKind.TENANT:
        return _anew(role.name, attributes(role, capabilities), settings_statements(role, capabilities))
    password = sql.SQL(" PASSWORD {}").format(sql.Literal(verifier_of(role.name, role.version)))
    return _anew(role.name, sql.SQL(attributes_of_shared(role.name)) + password, _settings_of_shared(role.name))


def repair_shared(name: str) -> sql.Composed:
    """Put attributes and settings of a role that all organizations share back to what is declared; passwords stay."""
    settings = [] if name == tenants_group() else _settings_of_shared(name)
    return _anew(name, sql.SQL(attributes_of_shared(name)), settings)


def _anew(name: str, attributed: sql.Composable, settings: list[sql.Composed]) -> sql.Composed:
    role, database = sql.Identifier(name), sql.Identifier(owner.database().name)
    return sql.SQL(";\n").join(
        [
            sql.SQL("ALTER ROLE {} RESET ALL").format(role),
            sql.SQL("ALTER ROLE {} IN DATABASE {} RESET ALL").format(role, database),
            sql.SQL("ALTER ROLE {} {}").format(role, attributed),
            *settings,
        ]
    )


def _settings_of_shared(role: str) -> list[sql.Composed]:
    name = sql.Identifier(role)
    return [sql.SQL("ALTER ROLE {} SET {}").format(name, sql.SQL(each)) for each in CONTROL_SETTINGS.values()]


def repair(role: DatabaseRole) -> bool:
    """Repair a role that would not let us in. Returns false, and repairs nothing, where the organization is being removed."""
    with owner.connect() as connection:
        if role.kind is RoleKind.TENANT and not connection.execute(_LIVES, [role.name]).fetchone():
            return False
        statement = repair_statement(role, read_server_capabilities(connection))
        owner.retried(partial(connection.execute, statement), seconds=REPAIR_PATIENCE_SECONDS)
    logger.warning("isolation.role_repaired", extra={"role": role.name})
    metrics.ROLE_REPAIRS.labels("ok").inc()
    return True


def repair_after(error: psycopg.OperationalError, role: DatabaseRole) -> bool:
    """Repair the role if the server turned it away for a reason of its own; say whether to try again."""
    said = str(error)
    if "FATAL" not in said or any(phrase in said for phrase in _NOT_THE_ROLE):
        return False
    try:
        return repair(role)
    except psycopg.Error:
        logger.exception("isolation.role_not_repaired", extra={"role": role.name})
        metrics.ROLE_REPAIRS.labels("failed").inc()
        return False
