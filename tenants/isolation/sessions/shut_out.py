"""Shuts a tenant role out: NOLOGIN, its sessions ended (pg_terminate_backend), its prepared transactions rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import psycopg
from psycopg import sql

from tenants.isolation import owner
from tenants.isolation.roles import MEMBERSHIP_OPTIONS_SINCE
from tenants.isolation.server_capabilities import read_server_capabilities

#: How long a session may take to end.
TERMINATE_TIMEOUT_MILLISECONDS = 5_000

_PREPARED = "SELECT gid FROM pg_prepared_xacts WHERE owner = %s AND database = current_database()"


@contextmanager
def kept_out(role: str) -> Iterator[None]:
    """Keep a role out for as long as the block lasts, whatever it holds; then it may log in again.

    Where the process dies meanwhile, the product's next log-in as this role repairs it.
    """
    with owner.connect() as connection:
        try:
            shut_out(connection, role)
            yield
        finally:
            owner.retried(partial(connection.execute, _alter(role, "LOGIN")))


def shut_out(connection: psycopg.Connection, role: str) -> None:
    """Let a role log in no more and hold nothing any longer: neither its sessions nor what they prepared."""
    if not exists(connection, role):
        return
    owner.retried(partial(connection.execute, _alter(role, "NOLOGIN")))
    with rights_of(connection, role):
        connection.execute(
            "SELECT pg_terminate_backend(pid, %s) FROM pg_stat_activity WHERE usename = %s",
            [TERMINATE_TIMEOUT_MILLISECONDS, role],
        )
        _roll_back_prepared(connection, role)


@contextmanager
def rights_of(connection: psycopg.Connection, role: str) -> Iterator[None]:
    """Lend the owner, who made it, the rights of a role, for as long as the role is there and the block lasts."""
    capabilities = read_server_capabilities(connection)
    options = " WITH INHERIT TRUE, SET TRUE" if capabilities.version >= MEMBERSHIP_OPTIONS_SINCE else ""
    name = sql.Identifier(role)
    owner.retried(partial(connection.execute, sql.SQL("GRANT {} TO CURRENT_USER" + options).format(name)))
    try:
        yield
    finally:
        if not connection.closed and exists(connection, role):
            owner.retried(partial(connection.execute, sql.SQL("REVOKE {} FROM CURRENT_USER").format(name)))


def exists(connection: psycopg.Connection, role: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None


def _roll_back_prepared(connection: psycopg.Connection, role: str) -> None:
    """Undo what was prepared (PREPARE TRANSACTION) and keeps its locks with no session left; only its role may."""
    for (identifier,) in connection.execute(_PREPARED, [role]).fetchall():
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
        try:
            connection.execute(sql.SQL("ROLLBACK PREPARED {}").format(sql.Literal(identifier)))
        finally:
            connection.execute("RESET ROLE")


def _alter(role: str, attribute: str) -> sql.Composed:
    return sql.SQL("ALTER ROLE {} " + attribute).format(sql.Identifier(role))
