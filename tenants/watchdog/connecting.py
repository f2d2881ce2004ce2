"""The watchdog's connection: as its own role, or as the owner where that role may not end sessions (pg_signal_backend)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import psycopg
from psycopg import sql

from tenants.isolation import owner
from tenants.isolation.database_roles import watchdog_role
from tenants.isolation.roles import MEMBERSHIP_OPTIONS_SINCE
from tenants.isolation.server_roles import watchdog_memberships
from tenants.isolation.sessions import logging_in

#: By it, watchdogs of one database know each other.
APPLICATION = "workix_watchdog"
#: A worker that hangs, or whose machine is gone, is none any more; the next one takes over.
SESSION_SETTINGS = "SET idle_session_timeout = '5s'; SET statement_timeout = '5s'; SET application_name = {}"

# See Note [What the watchdog may]. SET FALSE: the owner becomes nobody by it.
_NOT_LENT = """
    SELECT r.rolname FROM public.organizations AS o JOIN pg_roles AS r ON r.rolname = o.schema_name
     WHERE o.deleted_at IS NULL AND NOT pg_has_role(current_user, r.oid, 'USAGE') ORDER BY r.rolname"""


@dataclass(frozen=True, slots=True)
class Watching:
    """A connection that sees and ends sessions. `as_owner`: by membership in each role, and without temporary files.

    `owner` is the name of the owner's role, for whoever tells sessions apart.
    """

    connection: psycopg.Connection
    as_owner: bool
    owner: str

    def lend_rights(self) -> None:
        """Make the owner a member of the roles of organizations that came since. Does nothing for the watchdog's own role."""
        if not self.as_owner:
            return
        has_options = self.connection.info.server_version >= MEMBERSHIP_OPTIONS_SINCE
        options = " WITH INHERIT TRUE, SET FALSE" if has_options else ""
        for (role,) in self.connection.execute(_NOT_LENT).fetchall():
            grant = sql.SQL("GRANT {} TO CURRENT_USER" + options).format(sql.Identifier(role))
            owner.retried(partial(self.connection.execute, grant), seconds=1)


def connect(application: str = APPLICATION) -> Watching:
    """Log in as whoever may see and end sessions here."""
    with owner.connect() as asking:
        as_owner = not watchdog_memberships.has_all(asking)
    connection = owner.connect() if as_owner else logging_in.connect(watchdog_role())
    watching = Watching(connection, as_owner, owner.database().user)
    try:
        connection.execute(sql.SQL(SESSION_SETTINGS).format(sql.Literal(application)))
        watching.lend_rights()
    except BaseException:
        connection.close()
        raise
    return watching
