"""Removes an organization for good: its sessions, its schema (DROP SCHEMA), its role and its rows of `public`."""

# Note [Removing a role]
# A role may write default privileges of its own that name itself or others, and those keep a role from being dropped:
# so DROP OWNED goes first. That, and ending the role's sessions, needs the rights of the role: the owner, who made it,
# takes them for the purpose.

from __future__ import annotations

from typing import Protocol
from uuid import UUID

import psycopg
from psycopg import sql

from tenants.isolation import owner, roles
from tenants.isolation.server_capabilities import read_server_capabilities

#: What `public` keeps although its organization is gone: what operators did remains known.
KEPT = ("audit_logs",)
#: How long a session may take to end.
TERMINATE_TIMEOUT_MILLISECONDS = 5_000

_ROWS = """
    SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = 'organization_id'
       AND NOT a.attisdropped AND c.relname <> ALL (%s)
     ORDER BY c.relname"""


class Removable(Protocol):
    """What of an organization is needed to remove it."""

    @property
    def id(self) -> UUID: ...

    @property
    def schema_name(self) -> str: ...


def remove_organization(organization: Removable) -> None:
    """Remove everything there is of an organization but what operators did. Run again, it finishes what was cut short.

    First nobody can log in as it any more, then its sessions end, those in the pools of every process too; the rest is
    one transaction.
    """
    with owner.connect() as connection:
        _shut_out(connection, organization.schema_name)
        with connection.transaction():
            _drop_objects(connection, organization.schema_name)
            _delete_rows(connection, organization)


def _exists(connection: psycopg.Connection, role: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None


def _shut_out(connection: psycopg.Connection, role: str) -> None:
    """Let the role log in no more, which a repair respects, and end its sessions. See Note [Removing a role]."""
    connection.execute(
        "UPDATE public.organizations SET deleted_at = now() WHERE schema_name = %s AND deleted_at IS NULL", [role]
    )
    if not _exists(connection, role):
        return
    connection.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(sql.Identifier(role)))
    connection.execute(_take_rights(connection, role))
    connection.execute(
        "SELECT pg_terminate_backend(pid, %s) FROM pg_stat_activity WHERE usename = %s",
        [TERMINATE_TIMEOUT_MILLISECONDS, role],
    )


def _take_rights(connection: psycopg.Connection, role: str) -> sql.Composed:
    capabilities = read_server_capabilities(connection)
    options = " WITH INHERIT TRUE, SET TRUE" if capabilities.version >= roles.MEMBERSHIP_OPTIONS_SINCE else ""
    return sql.SQL("GRANT {} TO CURRENT_USER" + options).format(sql.Identifier(role))


def _drop_objects(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name)))
    if _exists(connection, name):
        connection.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(name)))
        roles.drop(connection, name)


def _delete_rows(connection: psycopg.Connection, organization: Removable) -> None:
    """Delete from every table of `public` that says whose its rows are; a new table needs no mention here."""
    for (table,) in connection.execute(_ROWS, [list(KEPT)]).fetchall():
        connection.execute(
            sql.SQL("DELETE FROM {} WHERE organization_id = %s").format(sql.Identifier("public", table)),
            [organization.id],
        )
    connection.execute(
        "DELETE FROM public.procrastinate_jobs WHERE args ->> 'organization_id' = %s", [str(organization.id)]
    )
    connection.execute("DELETE FROM public.organizations WHERE id = %s", [organization.id])
