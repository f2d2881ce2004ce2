"""Reads every row of every table of a platform, to compare what was dumped with what came back."""

from __future__ import annotations

from dataclasses import replace

import psycopg
from psycopg import sql

from devserver.postgres.server import Cluster

#: What a running platform writes by itself, and set-up writes anew.
_MOVING = (
    "procrastinate_workers",
    "procrastinate_events",
    "procrastinate_jobs",
    "signed_call_key",
    "schema_template",
    "django_migrations",
)
_TABLES = """
    SELECT schemaname, tablename FROM pg_tables
     WHERE (schemaname = 'public' OR schemaname ~ '^org_[0-9a-f]{32}$') AND NOT tablename = ANY (%s) ORDER BY 1, 2"""


def rows_of(cluster: Cluster) -> dict[tuple[str, str], list[str]]:
    """Read the platform's database on this server, as a superuser; each row as text."""
    address = replace(cluster.superuser, name=cluster.owner.name)
    with psycopg.connect(address.url().reveal()) as session:
        session.execute("SET TimeZone = 'UTC'")
        tables = session.execute(_TABLES, [list(_MOVING)]).fetchall()
        query = sql.SQL("SELECT t::text FROM {} AS t ORDER BY 1")
        return {
            (schema, table): [row for (row,) in session.execute(query.format(sql.Identifier(schema, table)))]
            for schema, table in tables
        }
