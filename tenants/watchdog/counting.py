"""Counts the server's sessions by kind of role, state and wait (pg_stat_activity), for the metrics: the watchdog sees them."""

# Note [Whose sessions]
# What a session of another role does, and what it waits for, PostgreSQL shows to superusers and pg_monitor alone. The watchdog
# is in it and has a connection at hand, so it counts, and no role that serves requests is let see more for it. Of any number of
# workers one counts, the one that ends sessions; whoever looks on says nothing, so `sum` over processes is right.
# Where the watchdog has to work as the owner, it does not see what the control role and others do: their state is `other`.

from __future__ import annotations

import logging

import psycopg

from tenants.isolation.database_roles import control_role_name
from tenants.watchdog.connecting import Watching
from workix.observability import metrics

logger = logging.getLogger("workix.watchdog")

#: The kinds of waits that PostgreSQL has; one that a later version brings is `other`.
WAITS = ("Activity", "BufferPin", "Client", "Extension", "IO", "IPC", "Lock", "LWLock", "Timeout")
#: Role, state, wait: the labels of one series.
Kind = tuple[str, str, str]

# Sessions in other databases of the server take connections away, too, and are `other`.
_COUNT = """
    SELECT role, state, wait, count(*)
      FROM (SELECT CASE WHEN datname IS DISTINCT FROM current_database() THEN 'other'
                        WHEN usename = %(owner)s THEN 'owner'
                        WHEN usename = %(control)s THEN 'control'
                        WHEN EXISTS (SELECT FROM public.organizations WHERE schema_name = usename) THEN 'tenant'
                        ELSE 'other' END AS role,
                   CASE WHEN state IN ('active', 'idle') THEN state
                        WHEN state LIKE 'idle in transaction%%' THEN 'idle_in_transaction'
                        ELSE 'other' END AS state,
                   CASE WHEN wait_event_type IS NULL THEN 'none'
                        WHEN wait_event_type = ANY (%(waits)s) THEN wait_event_type
                        ELSE 'other' END AS wait
              FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend') AS sessions
     WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity AS me
                         JOIN pg_catalog.pg_stat_activity AS older USING (usesysid, datname, application_name)
                        WHERE me.pid = pg_backend_pid() AND (older.backend_start, older.pid) < (me.backend_start, me.pid))
     GROUP BY role, state, wait ORDER BY role, state, wait"""


class SessionCounts:
    """What this process told of sessions. See Note [Whose sessions]."""

    def __init__(self) -> None:
        self._told: set[Kind] = set()

    def count(self, place: Watching) -> None:
        """Ask the server, and tell the metrics; nothing, where another watchdog is older. A fault hinders no look at sessions."""
        names = {"owner": place.owner, "control": control_role_name(), "waits": list(WAITS)}
        try:
            found = place.connection.execute(_COUNT, names).fetchall()
        except psycopg.Error:
            logger.warning("watchdog.not_counted", exc_info=True)
            found = []
        self._tell({(role, state, wait): count for role, state, wait, count in found})

    def forget(self) -> None:
        """Tell nothing any more: this process doesn't look."""
        self._tell({})

    def _tell(self, found: dict[Kind, int]) -> None:
        self._told |= found.keys()
        for kind in self._told:
            metrics.DATABASE_CONNECTIONS.labels(*kind).set(found.get(kind, 0))
