"""PgBouncer (transaction pooling): who goes through it, what it sets on each connection, and that it does (WORKIX_PGBOUNCER)."""

# Note [Behind a pooler]
# PgBouncer lends a server connection for one transaction, and only to clients of the same role: a pool is one of a database
# and a user, so organizations never share a session. Three things differ from a connection of our own:
# - It takes no `options` at the start. What they pin, its `connect_query` sets in their place, and where a tenant role can
#   change its session (Note [Sessions that are given back]), its `server_reset_query` after each transaction, both by a
#   function of deploy/pgbouncer/set_up.sql. A server or worker does not start while they don't hold.
# - A session's own state is nobody's. So the owner, who works in one schema after the other, holds advisory locks and
#   migrates, and the worker's LISTEN go to the server itself: DATABASE_URL stays direct.
# - A cursor outlives no transaction: server-side cursors are switched off (workix/settings.py).

from __future__ import annotations

from dataclasses import replace

import psycopg
from django.conf import settings
from psycopg import sql

from tenants.isolation import owner
from tenants.isolation.database_roles import (
    FORMAT_SETTINGS,
    PINNED_SETTINGS,
    TENANT_SETTINGS,
    DatabaseRole,
    RoleKind,
    control_role,
)
from tenants.isolation.server_capabilities import UnsafeServer, server_capabilities
from tenants.isolation.sessions import logging_in
from workix.config.database_url import DatabaseAddress

_PINNED = {**TENANT_SETTINGS, **PINNED_SETTINGS, **FORMAT_SETTINGS}


def is_used_by(role: DatabaseRole) -> bool:
    return role.kind is not RoleKind.OWNER and settings.WORKIX.pgbouncer is not None


def address_of(role: DatabaseRole) -> DatabaseAddress:
    """Say where a role reaches the database through PgBouncer."""
    return _through(role.address(owner.database()))


def _through(direct: DatabaseAddress) -> DatabaseAddress:
    place = settings.WORKIX.pgbouncer
    assert place is not None  # is_used_by() says whether there is one
    options = {name: value for name, value in direct.options.items() if name != "options"}
    return replace(direct, host=place[0], port=place[1], options=options)


def refuse_unless_it_pins() -> None:
    """Look whether connections through PgBouncer begin as ours do, and are given back clean.

    :raises UnsafeServer: naming what is otherwise.
    """
    if settings.WORKIX.pgbouncer is None:
        return
    role = control_role()
    opens = logging_in.address_that_opens(role)
    direct, through = opens.connection_parameters(), _through(opens).connection_parameters()
    with (
        psycopg.connect(**direct | {"options": role.startup_options()}, autocommit=True) as ours,  # type: ignore[arg-type]  # libpq's own names
        psycopg.connect(**through, autocommit=True, prepare_threshold=None) as pooled,  # type: ignore[arg-type]
    ):
        # Each look is one statement, and so one transaction: the first is at a connection as it began, if nobody used it.
        wanted, begun = _pinned(ours), _pinned(pooled)
        if server_capabilities().sessions_are_settable:
            pooled.execute("SET work_mem = '17MB'")
        after = _pinned(pooled)
    other = sorted(name for name in wanted if not wanted[name] == begun[name] == after[name])
    if other:
        raise UnsafeServer(
            f"Connections through WORKIX_PGBOUNCER do not have what Workix pins: {', '.join(other)}. Give PgBouncer"
            " connect_query and server_reset_query as in deploy/pgbouncer/pgbouncer.ini, and restart it."
        )


def _pinned(connection: psycopg.Connection) -> dict[str, str]:
    """Read what is pinned, and where unqualified names are looked up, in one statement."""
    names = list(_PINNED)
    row = connection.execute(
        sql.SQL("SELECT current_schemas(true)::text, {}").format(
            sql.SQL(", ").join(sql.SQL("current_setting({})").format(sql.Literal(name)) for name in names)
        )
    ).fetchone()
    assert row is not None  # a SELECT without FROM has one
    return dict(zip(["search_path", *names], row, strict=True))
