"""pg_signal_backend and pg_monitor: given to the watchdog at set-up by a superuser, or by the owner where it may."""

# Note [What the watchdog may]
# To see what sessions of other roles do, and to end them, takes two roles that PostgreSQL brings. A superuser may give them; up
# to PostgreSQL 15 so may every role that makes roles. From 16 on that takes the ADMIN OPTION on them, which a managed server
# may or may not give. Where it does not, the watchdog works as the owner, who made the organizations' roles and may be a
# member of each.

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import psycopg
from psycopg import sql

from tenants.isolation import owner
from tenants.isolation.database_roles import WATCHDOG_MEMBERSHIPS, watchdog_role_name

LIMITED = (
    "the watchdog: its role misses pg_signal_backend, pg_monitor or a part of pg_catalog, so it ends sessions as the owner, and"
    " does not see temporary files. Where there is a superuser, name it in WORKIX_SETUP_DATABASE_URL and run: manage.py migrate"
)

_MISSING = """
    SELECT g.rolname::text,
           current_setting('server_version_num')::int < 160000 OR pg_has_role(current_user, g.oid, 'USAGE WITH ADMIN OPTION')
      FROM pg_roles AS g
     WHERE g.rolname = ANY (%(groups)s)
       AND NOT EXISTS (SELECT FROM pg_auth_members AS m JOIN pg_roles AS r ON r.oid = m.member
                        WHERE m.roleid = g.oid AND r.rolname = %(watchdog)s)
     ORDER BY 1"""
# Where pg_catalog is closed, only a superuser lets the watchdog into it.
_SEES = """
    SELECT has_table_privilege(%(watchdog)s, 'pg_catalog.pg_stat_activity', 'SELECT')
       AND has_table_privilege(%(watchdog)s, 'pg_catalog.pg_locks', 'SELECT')
       AND has_function_privilege(%(watchdog)s, 'pg_catalog.pg_terminate_backend(int, bigint)', 'EXECUTE')
       AND has_function_privilege(%(watchdog)s, 'pg_catalog.pg_blocking_pids(int)', 'EXECUTE')"""


def give() -> None:
    """Make the watchdog a member of what it needs, as the superuser where there is one. What nobody may give stays missing."""
    with owner.connect(owner.find_superuser()) as connection:
        for _, statement in missing_memberships(connection):
            owner.retried(partial(connection.execute, statement))


def missing_memberships(connection: psycopg.Connection) -> Iterator[tuple[str, sql.Composed]]:
    """Say which memberships the watchdog misses that this connection may give, and how."""
    for group, may_give in _missing(connection):
        if may_give:
            grant = sql.SQL("GRANT {} TO {}").format(sql.Identifier(group), sql.Identifier(watchdog_role_name()))
            yield f"The role {watchdog_role_name()} is not a member of {group}.", grant


def has_all(connection: psycopg.Connection) -> bool:
    """Say whether the watchdog may see and end sessions by itself. See Note [What the watchdog may]."""
    names = {"watchdog": watchdog_role_name()}
    return not _missing(connection) and connection.execute(_SEES, names).fetchone() == (True,)


def _missing(connection: psycopg.Connection) -> list[tuple[str, bool]]:
    names = {"groups": list(WATCHDOG_MEMBERSHIPS), "watchdog": watchdog_role_name()}
    return connection.execute(_MISSING, names).fetchall()
