"""An organization of its own, on a server of its own, for benchmarks of its audit trail; and a trail as long as one asks for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, LiteralString

import django
import psycopg
from psycopg import sql

from benchmarks.database import throwaway_postgres
from benchmarks.processes import environment_of
from benchmarks.sides.workix import Workix
from devserver.postgres.server import Cluster

AT_ONCE = 200_000
#: What a trail of changes looks like: of 500 people and 20,000 things, spread over three years.
ENTRIES = """
    INSERT INTO audit_logs (organization_id, actor_type, actor_id, user_id, actor_label, action, resource_type, resource_id,
                            resource_label, changes, ip_address, user_agent, request_id, reason, source, is_verified, created_at)
    SELECT %(organization)s, 'person', person, person, 'person' || n %% 500 || '@acme.example',
           (ARRAY['user.updated', 'user.created', 'session.started', 'pipeline.updated'])[1 + n %% 4],
           (ARRAY['user', 'user', 'session', 'pipeline'])[1 + n %% 4], md5((n %% 20000)::text)::uuid::text,
           'thing' || n %% 20000 || '@acme.example',
           jsonb_build_object('first_name', ARRAY['Ada' || n %% 1000, 'Grace' || n %% 7919], 'seats', ARRAY[n, n + 1]),
           '192.0.2.' || n %% 250, 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36', md5((n / 3)::text)::uuid::text,
           CASE WHEN n %% 50 = 0 THEN 'ticket ' || n / 50 ELSE '' END, 'trigger', true,
           now() - '3 years'::interval * (1 - n / %(of)s::float)
      FROM generate_series(%(first)s::int, %(last)s::int) AS n,
           LATERAL (SELECT md5('person' || n %% 500)::uuid AS person) AS who"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
     WHERE indrelid = 'audit_logs'::regclass AND NOT indisunique"""
_NOTED = "SELECT public.note_existing_entries(%s, 'audit_logs')"


@contextmanager
def organization_of_its_own() -> Iterator[tuple[Cluster, Any]]:
    """Start a server, and open an organization. Neither DATABASE_URL nor any other setting of the environment is read."""
    with throwaway_postgres() as (cluster, scratch):
        side = Workix(cluster.owner, cluster.superuser, scratch)
        side.set_up()
        own = environment_of(side.settings)
        os.environ.clear()
        os.environ.update(own)
        django.setup()
        from accounts.signup import FirstAdmin, open_with_admin  # noqa: PLC0415  # after django.setup()

        yield cluster, open_with_admin(name="Acme", slug="acme", admin=FirstAdmin("alice@acme.example", "!"))


def write_entries(cluster: Cluster, organization: Any, entries: int, *, noted: bool) -> None:
    """Fill the trail past all triggers, and note the entries for the sequencer, where they are to be `noted`.

    Its indexes are made anew afterwards, as whoever loads as much would do it.
    """
    with _as_superuser(cluster, organization) as connection:
        connection.execute("SET session_replication_role = replica")
        indexes = connection.execute(_INDEXES).fetchall()
        for name, _definition in indexes:
            connection.execute(sql.SQL("DROP INDEX {}").format(sql.SQL(name)))
        for first in range(1, entries + 1, AT_ONCE):
            last = min(first + AT_ONCE - 1, entries)
            named = {"organization": organization.id, "first": first, "last": last, "of": entries}
            connection.execute(ENTRIES, named)
        connection.execute("SET maintenance_work_mem = '1GB'")
        for _name, definition in indexes:
            connection.execute(sql.SQL(definition))
        if noted:
            connection.execute(_NOTED, [organization.schema_name])


def as_superuser(cluster: Cluster, organization: Any, statement: LiteralString) -> None:
    """Do a statement in the schema of the organization."""
    with _as_superuser(cluster, organization) as connection:
        connection.execute(statement)


def _as_superuser(cluster: Cluster, organization: Any) -> psycopg.Connection:
    address = replace(cluster.superuser, name=cluster.owner.name)
    connection = psycopg.connect(address.url().reveal(), autocommit=True)
    connection.execute(sql.SQL("SET search_path = {}, public").format(sql.Identifier(organization.schema_name)))
    return connection
