"""Readiness checks of the database, its migrations and the job queue, for /health/ready."""

# Raw SQL: asks whether the database answers, whether roles are there, and when a worker last said that it lives.

from __future__ import annotations

from collections.abc import Mapping

from django.db import ProgrammingError, connection
from django.db.migrations.recorder import MigrationRecorder

from tenants.jobs.stalled_jobs import DEAD_AFTER_SECONDS
from tenants.metrics import written_migrations
from tenants.scope import use_platform
from workix.observability.health import Check, Degraded, NotReady

# A restore brings no roles (pg_dump has none), and then no organization can log in. Only the control role is sure to be
# there: without it, nobody asks. The cast is an error for a role that is not there, and no catalog has to be readable for
# it. Some of the newest do: what a probe costs doesn't grow with the organizations, and a restore loses all roles or none.
_NEWEST_HAVE_ROLES = """
    SELECT count(schema_name::regrole)
      FROM (SELECT schema_name, deleted_at FROM public.organizations ORDER BY id DESC LIMIT 20) AS newest
     WHERE deleted_at IS NULL"""
_A_WORKER_LIVES = """
    SELECT EXISTS (SELECT 1 FROM public.procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s))"""


def check_database() -> None:
    """Ask the database, as the control role, whether organizations can log in.

    :raises NotReady: when they can't.
    :raises DatabaseError: when it can't be asked.
    """
    with use_platform(), connection.cursor() as cursor:
        try:
            cursor.execute(_NEWEST_HAVE_ROLES)
        except ProgrammingError as error:
            raise NotReady("roles_missing") from error


def check_migrations() -> None:
    """Look whether `public` has every migration of this code. More of them are those of the next release.

    :raises NotReady: when one lacks.
    """
    with use_platform():
        applied = set(MigrationRecorder(connection).migration_qs.values_list("app", "name"))
    if written_migrations() - applied:
        raise NotReady("unapplied")


def check_queue() -> None:
    """Look whether any job worker lives. See Note [What a probe costs] in workix.observability.health.

    :raises Degraded: when none does.
    """
    with use_platform(), connection.cursor() as cursor:
        cursor.execute(_A_WORKER_LIVES, [DEAD_AFTER_SECONDS])
        if cursor.fetchone() != (True,):
            raise Degraded("no_worker")


CHECKS: Mapping[str, Check] = {"database": check_database, "migrations": check_migrations, "queue": check_queue}
