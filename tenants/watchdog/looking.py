"""One look at pg_stat_activity and pg_locks: finds sessions that take more than their plan's share, and ends them."""

# Note [The watchdog]
# A role may lift every time limit of its own session, so what holds it to them has to stand outside. Every half second one
# statement compares the sessions of organizations' roles with their plans and ends what is beyond (pg_terminate_backend);
# only what it ended costs anything more. A session goes
# - for time: a statement, an idle transaction or a whole transaction beyond its plan's. The server's own limit comes first,
#   and is an error to the product; so the watchdog gives a second more.
# - for room: more sessions than the plan has, or more temporary files, of one session or of all of them together.
# - for others: somebody of another role has been waiting for it for three seconds. Who makes only themselves wait goes on.
# - for what nothing of ours asks for: it holds an advisory lock, or its statement locks tables, listens, notifies, sleeps,
#   writes large objects, or messages into the write-ahead log. The text of a statement is looked at and kept nowhere;
#   whoever hides it has the other limits to keep.
#
# Any number of workers may run. The one whose session is oldest ends sessions, the others look on: so there is no lock that a
# tenant role could take. What the server forgets with a dead worker (idle_session_timeout), the next one takes over.

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from tenants.plans import SHARES, Share

#: How long what is the server's own to end is left to it, in seconds.
GRACE_SECONDS = 1.0
#: How long somebody else may wait for a session, in seconds.
HINDERING_SECONDS = 3.0
#: All sessions of a role together may have so many times the temporary files of one.
TEMP_FILES_OF_ALL = 4

#: What a tenant role runs in the product has none of these words: values are parameters, never in a text.
FOREIGN_STATEMENT = (
    r"^\s*(notify|listen|lock|prepare\s+transaction)\M"
    r"|\m(pg_notify|pg_sleep(_for|_until)?|pg_(try_)?advisory_(xact_)?lock(_shared)?|pg_logical_emit_message|lo_\w+)\s*\("
)

_TEMP_FILES = "SELECT substring(name FROM '^pgsql_tmp(\\d+)')::int AS pid, size FROM pg_catalog.pg_ls_tmpdir()"
_NO_TEMP_FILES = "SELECT NULL::int AS pid, 0::bigint AS size WHERE false"
_LOOK = """
WITH shares AS (
    SELECT * FROM unnest(%(plan)s::text[], %(connections)s::int[], %(statement)s::int[], %(idle)s::int[], %(transaction)s::int[],
                         %(temp)s::bigint[]) AS s (plan, connections, statement, idle, transaction, temp)),
activity AS MATERIALIZED (
    SELECT pid, usesysid, usename, datname, application_name, backend_start, state, query, query_start, state_change, xact_start
      FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend'),
locks AS MATERIALIZED (
    SELECT pid, locktype, granted, waitstart FROM pg_catalog.pg_locks WHERE locktype = 'advisory' OR NOT granted),
hindering AS (
    SELECT DISTINCT blocking.pid
      FROM (SELECT DISTINCT pid FROM locks WHERE NOT granted AND waitstart < now() - make_interval(secs => %(hindering)s)) AS late
      JOIN activity AS waiting USING (pid), unnest(pg_catalog.pg_blocking_pids(waiting.pid)) AS blocking (pid)
      JOIN activity AS holder ON holder.pid = blocking.pid
     WHERE holder.usesysid <> waiting.usesysid),
temp_files AS MATERIALIZED (SELECT pid, sum(size) AS bytes FROM ({temp_files}) AS files GROUP BY pid),
sessions AS (
    SELECT a.*, o.id AS organization_id, s.*, extract(epoch FROM now() - a.query_start) AS running,
           extract(epoch FROM now() - a.state_change) AS unchanged, extract(epoch FROM now() - a.xact_start) AS begun,
           coalesce(t.bytes, 0) AS bytes, sum(coalesce(t.bytes, 0)) OVER (PARTITION BY a.usesysid) AS bytes_of_all,
           row_number() OVER (PARTITION BY a.usesysid ORDER BY a.backend_start, a.pid) AS nth
      FROM activity AS a JOIN public.organizations AS o ON o.schema_name = a.usename JOIN shares AS s USING (plan)
           LEFT JOIN temp_files AS t USING (pid)
     WHERE %(among)s::text[] IS NULL OR a.usename = ANY (%(among)s::text[])),
judged AS MATERIALIZED (
    SELECT pid, organization_id, begun, CASE
             WHEN nth > connections THEN 'connections'
             WHEN bytes > temp OR (bytes > 0 AND bytes_of_all > temp * {of_all}) THEN 'temporary_files'
             WHEN pid IN (SELECT pid FROM locks WHERE locktype = 'advisory') THEN 'advisory_lock'
             WHEN pid IN (SELECT pid FROM hindering) THEN 'hindering'
             WHEN query ~* %(foreign)s THEN 'foreign_statement'
             WHEN state = 'active' AND running > statement + %(grace)s THEN 'statement'
             WHEN state LIKE 'idle in transaction%%' AND unchanged > idle + %(grace)s THEN 'idle_in_transaction'
             WHEN begun > transaction + %(grace)s THEN 'transaction' END AS reason
      FROM sessions)
SELECT pid, organization_id, reason, coalesce(begun, 0)::float
  FROM judged
 WHERE reason IS NOT NULL
   AND NOT EXISTS (SELECT FROM activity AS me JOIN activity AS older USING (usesysid, datname, application_name)
                    WHERE me.pid = pg_backend_pid() AND (older.backend_start, older.pid) < (me.backend_start, me.pid))
   AND pg_catalog.pg_terminate_backend(pid)
 ORDER BY pid"""


@dataclass(frozen=True, slots=True)
class Ended:
    """A session that was ended, why, and for how many seconds it had had a transaction."""

    pid: int
    organization_id: UUID
    reason: str
    seconds: float


def end_sessions(
    connection: psycopg.Connection,
    shares: Mapping[str, Share] = SHARES,
    *,
    sees_temp_files: bool,
    grace: float = GRACE_SECONDS,
    hindering: float = HINDERING_SECONDS,
    among: Collection[str] | None = None,
) -> list[Ended]:
    """Look once, and end every session that is beyond its share; of the roles in `among`, or of all. See Note [The watchdog]."""
    values: dict[str, Any] = {
        "plan": [str(plan) for plan in shares],
        "connections": [share.connections for share in shares.values()],
        "statement": [share.statement for share in shares.values()],
        "idle": [share.idle_in_transaction for share in shares.values()],
        "transaction": [share.transaction for share in shares.values()],
        "temp": [share.temp_megabytes * 1024 * 1024 for share in shares.values()],
        "grace": grace,
        "hindering": hindering,
        "foreign": FOREIGN_STATEMENT,
        "among": None if among is None else list(among),
    }
    query = _LOOK.format(temp_files=_TEMP_FILES if sees_temp_files else _NO_TEMP_FILES, of_all=TEMP_FILES_OF_ALL)
    rows = connection.execute(query.encode(), values).fetchall()
    return [Ended(*row) for row in rows]
