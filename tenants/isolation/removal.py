"""Removes an organization for good: its sessions, its schema (DROP SCHEMA), its role and its rows of `public`."""

# Note [Removing a role]
# A role may write default privileges of its own that name itself or others, and those keep a role from being dropped:
# so DROP OWNED goes first. That, and ending the role's sessions, needs the rights of the role: the owner, who made it,
# takes them for the purpose.

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from typing import Protocol
from uuid import UUID

import psycopg
from django.db import connection, transaction
from psycopg import sql

from audit.recording import record
from tenants.isolation import owner, roles
from tenants.isolation.sessions.lock_holders import lock_holders_named
from tenants.isolation.sessions.shut_out import exists, rights_of, shut_out

#: What `public` keeps although its organization is gone: what operators did remains known.
KEPT = ("audit_logs",)
#: How long one removal waits for whoever holds what is to go: the next one is waiting, too.
PATIENCE_SECONDS = 10.0

_ROWS = """
    SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = 'organization_id'
       AND NOT a.attisdropped AND c.relname <> ALL (%s)
     ORDER BY c.relname"""
_TABLES = "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = to_regnamespace(%s)"
_DELETE_JOBS = "DELETE FROM public.procrastinate_jobs WHERE args ->> 'organization_id' = %s"
#: Attempts are counted by address; which part of a count is whose, says the organization's id.
_FORGET_PARTS = "UPDATE public.attempts SET parts = parts - %(id)s::text WHERE parts ? %(id)s::text"
_DELETE = "DELETE FROM public.organizations WHERE id = %s RETURNING slug, name, plan, removal_due_at::text"


class Removable(Protocol):
    """What of an organization is needed to remove it."""

    @property
    def id(self) -> UUID: ...

    @property
    def schema_name(self) -> str: ...


def remove_organization(organization: Removable, *, is_recorded: bool = True) -> None:
    """Remove everything there is of an organization but what operators did. Run again, it finishes what was cut short.

    First nobody can log in as it any more, then its sessions end, those in the pools of every process too; the rest is
    one transaction, with an entry in the platform's own trail that says what went, unless it is not to be recorded.

    :raises LockHeld: when somebody else holds some of it, naming them.
    """
    role = organization.schema_name
    with owner.connect() as behind:
        shut_out(behind, role)  # it may hold its own row
        with lock_holders_named(behind):
            owner.retried(partial(_mark_removed, behind, role), seconds=PATIENCE_SECONDS)
        shut_out(behind, role)  # from now on no repair lets it in
        with rights_of(behind, role) if exists(behind, role) else nullcontext(), owner.acting_as_owner():
            connection.ensure_connection()
            with lock_holders_named(connection.connection):
                owner.retried(partial(_remove, organization, is_recorded), seconds=PATIENCE_SECONDS)


def _mark_removed(connection: psycopg.Connection, role: str) -> None:
    connection.execute(
        "UPDATE public.organizations SET deleted_at = now() WHERE schema_name = %s AND deleted_at IS NULL", [role]
    )


def _remove(organization: Removable, is_recorded: bool) -> None:
    with transaction.atomic():
        physical = connection.connection
        gone = {"tables": _drop_objects(physical, organization.schema_name), **_delete_rows(physical, organization)}
        row = physical.execute(_DELETE, [organization.id]).fetchone()
        if row is not None and is_recorded:
            slug, name, plan, removal_due_at = row
            changes = {"slug": slug, "name": name, "plan": plan, "removal_due_at": removal_due_at, "removed": gone}
            record("organization.removed", resource_type="organization", resource_id=organization.id, changes=changes)


def _drop_objects(connection: psycopg.Connection, name: str) -> int:
    """Drop schema and role. Return how many tables went."""
    counted = connection.execute(_TABLES, [name]).fetchone()
    connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name)))
    if exists(connection, name):
        connection.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(name)))
        roles.drop(connection, name)
    return counted[0] if counted else 0


def _delete_rows(connection: psycopg.Connection, organization: Removable) -> dict[str, int]:
    """Delete from every table of `public` that says whose its rows are; a new table needs no mention here."""
    gone = {}
    for (table,) in connection.execute(_ROWS, [list(KEPT)]).fetchall():
        delete = sql.SQL("DELETE FROM {} WHERE organization_id = %s").format(sql.Identifier("public", table))
        gone[table] = connection.execute(delete, [organization.id]).rowcount
    connection.execute(_FORGET_PARTS, {"id": str(organization.id)})
    gone["procrastinate_jobs"] = connection.execute(_DELETE_JOBS, [str(organization.id)]).rowcount
    return gone
