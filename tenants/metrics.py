"""Metrics of the database pool, the job queue, the audit trail and the migrations, as Prometheus is told them."""

# Raw SQL: asks the pool's and the queue's figures.

from __future__ import annotations

import time
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from procrastinate.contrib.django import app

from tenants.backend.connection_cap import connection_cap
from tenants.backend.pool import shared_pool
from tenants.models import Status
from tenants.plans import Plan
from tenants.scope import use_platform
from workix.observability import metrics, readings
from workix.observability.readings import Sample

STATUSES = ("todo", "doing", "failed", "stalled")
#: A tenant role may name any queue; one that no task of ours has must not become a series of its own.
OTHER = "other"
#: How old a count of organizations may be.
COUNTED_EVERY_SECONDS = 60

# The oldest job waits since it was enqueued; one that was put off, since it was due.
_QUEUE = """
    SELECT queue, todo, doing, failed, stalled, coalesce(extract(epoch FROM clock_timestamp() - least(due,
               (SELECT min(at) FROM procrastinate_events WHERE job_id = first)))::float, 0)
      FROM (SELECT queue_name AS queue,
                   count(*) FILTER (WHERE status = 'todo') AS todo,
                   count(*) FILTER (WHERE status = 'doing') AS doing,
                   count(*) FILTER (WHERE status = 'failed') AS failed,
                   count(*) FILTER (WHERE status = 'doing' AND NOT EXISTS (
                       SELECT 1 FROM procrastinate_workers AS w
                        WHERE w.id = worker_id AND last_heartbeat > now() - interval '2 minutes')) AS stalled,
                   min(id) FILTER (WHERE status = 'todo' AND scheduled_at IS NULL) AS first,
                   min(scheduled_at) FILTER (WHERE status = 'todo' AND scheduled_at <= now()) AS due
              FROM procrastinate_jobs GROUP BY queue_name) AS queues"""


_UNSEQUENCED = (
    "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(noted_at))::float, 0) FROM public.audit_arrivals"
)
# The two that a proof of isolation opens for its minute are nobody's.
_ORGANIZATIONS = """
    SELECT status, plan, count(*) FROM public.organizations AS o
     WHERE deleted_at IS NULL AND sandbox_expires_at IS NULL
       AND NOT EXISTS (SELECT FROM public.isolation_proofs WHERE NOT is_cleared AND o.id IN (attacker_id, attacked_id))
     GROUP BY status, plan"""
_SANDBOXES = """
    SELECT count(*) FILTER (WHERE sandbox_expires_at > now()), count(*) FILTER (WHERE sandbox_expires_at <= now()),
           greatest(coalesce(extract(epoch FROM now() - min(sandbox_expires_at))::float, 0), 0)
      FROM public.organizations WHERE sandbox_expires_at IS NOT NULL"""
_UNPUBLISHED = """
    SELECT coalesce(extract(epoch FROM clock_timestamp() - min(waiting_since))::float, 0)
      FROM public.checkpoint_publications WHERE signed > published AND %s"""


def sample_pool(sender: object, *, role: str, **kwargs: Any) -> None:
    """Set the gauges of this process's pool."""
    pool = shared_pool(connection_cap())
    idle = pool.idle
    metrics.CONNECTIONS.labels(role, "idle").set(idle)
    metrics.CONNECTIONS.labels(role, "in_use").set(max(0, len(pool) - idle))
    metrics.CONNECTIONS_LIMIT.labels(role).set(pool.cap)


def read_platform(sender: object, **kwargs: Any) -> list[Sample]:
    """Read, as the control role, what waits in the queue and which migrations lack, if the database answers at all."""
    try:
        with use_platform(), connection.cursor() as cursor:
            cursor.execute(_QUEUE)
            queue = _queue_samples(cursor.fetchall())
            cursor.execute("SELECT public.count_of_unverified_contexts()")
            unverified = readings.CONTEXTS_UNVERIFIED.at(cursor.fetchone()[0])
            cursor.execute("SELECT public.count_of_tripwire_touches()")
            touches = readings.TRIPWIRE_TOUCHES.at(cursor.fetchone()[0])
            cursor.execute(_UNSEQUENCED)
            unsequenced = readings.AUDIT_UNSEQUENCED.at(cursor.fetchone()[0])
            cursor.execute(_UNPUBLISHED, [settings.WORKIX.checkpoint_webhook is not None])
            unpublished = readings.CHECKPOINTS_UNPUBLISHED.at(cursor.fetchone()[0])
            cursor.execute(_SANDBOXES)
            sandboxes = _sandbox_samples(*cursor.fetchone())
            applied = set(MigrationRecorder(connection).migration_qs.values_list("app", "name"))
    except (DatabaseError, InterfaceError):
        return [readings.DATABASE_UP.at(0)]
    waiting = (unsequenced, unpublished, *sandboxes)
    return [readings.DATABASE_UP.at(1), *queue, unverified, *waiting, touches, *_migration_samples(applied)]


def _sandbox_samples(open_ones: int, over: int, oldest: float) -> list[Sample]:
    numbers = readings.SANDBOXES.at(open_ones, "open"), readings.SANDBOXES.at(over, "over")
    return [*numbers, readings.SANDBOXES_OVERDUE.at(oldest)]


def read_organizations(sender: object, **kwargs: Any) -> list[Sample]:
    """Tell how many organizations there are, once a minute at most in each process: to count them is to read them all."""
    try:
        return _organizations(int(time.monotonic() // COUNTED_EVERY_SECONDS))
    except (DatabaseError, InterfaceError):
        return []  # workix_database_up says so


@lru_cache(maxsize=1)
def _organizations(minute: int) -> list[Sample]:
    with use_platform(), connection.cursor() as cursor:
        cursor.execute(_ORGANIZATIONS)
        found = {(status, plan): count for status, plan, count in cursor.fetchall()}
    kinds = [(str(status), str(plan)) for status in Status for plan in Plan]
    return [readings.ORGANIZATIONS.at(found.get(kind, 0), *kind) for kind in kinds]


def _migration_samples(applied: set[tuple[str, str]]) -> list[Sample]:
    """Compare `public` with the code, as `migrate` would. Organizations are behind only while a roll-out runs."""
    return [
        readings.MIGRATIONS_UNAPPLIED.at(len(written_migrations() - applied), DEFAULT_DB_ALIAS),
        readings.MIGRATIONS_APPLIED.at(len(applied), DEFAULT_DB_ALIAS),
    ]


@cache
def written_migrations() -> frozenset[tuple[str, str]]:
    """Load the migrations of all apps, once a process: it takes a tenth of a second, and no database."""
    return frozenset(MigrationLoader(None).graph.nodes)


def _queue_samples(rows: list[tuple[Any, ...]]) -> list[Sample]:
    known = {task.queue for task in app.tasks.values()} - {"builtin"}
    jobs = {(queue, status): 0 for queue in known for status in STATUSES}
    oldest = dict.fromkeys(known, 0.0)
    for name, *counts, seconds in rows:
        queue = name if name in known else OTHER
        for status, count in zip(STATUSES, counts, strict=True):
            jobs[queue, status] = jobs.get((queue, status), 0) + count
        oldest[queue] = max(oldest.get(queue, 0.0), seconds)
    return [
        *(readings.QUEUE_JOBS.at(count, queue, status) for (queue, status), count in sorted(jobs.items())),
        *(readings.QUEUE_OLDEST.at(seconds, queue) for queue, seconds in sorted(oldest.items())),
    ]
