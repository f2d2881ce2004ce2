"""@periodic_tenant_task: a job that runs by the clock (cron), for every active organization, inside each."""

# Raw SQL: enqueues for all organizations in one statement, as the control role.

# Note [Once for everybody]
# What is due for every organization is queued by one statement, however many there are: one job for each that is active
# and does not have the same job waiting still. Whoever has very many jobs waiting gets no more, as with any other job.

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from procrastinate.contrib.django import app

from tenants.jobs.retries import PERIODIC_RETRY
from tenants.jobs.tenant_task import Job
from tenants.scope import use_platform

MOST_WAITING = 1_000

_ENQUEUE = """
    WITH waiting AS (
        SELECT args ->> 'organization_id' AS organization, count(*) AS jobs, bool_or(task_name = %(task)s) AS this_one
          FROM procrastinate_jobs WHERE status = 'todo' GROUP BY 1),
    due AS (
        SELECT o.id FROM organizations AS o LEFT JOIN waiting AS w ON w.organization = o.id::text
         WHERE o.is_active AND NOT coalesce(w.this_one, false) AND coalesce(w.jobs, 0) < %(most)s)
    SELECT public.procrastinate_defer_jobs_v1(array_agg(
        ROW(%(queue)s, %(task)s, 0, NULL, NULL, jsonb_build_object(
            'organization_id', id, 'context', jsonb_build_object('request_id', '', 'on_behalf_of', '')), NULL
        )::public.procrastinate_job_to_defer_v1))
      FROM due HAVING count(*) > 0"""


def periodic_tenant_task(name: str, *, cron: str, queue: str = "default") -> Callable[[Callable[[], None]], Job]:
    """Make a function a job of every organization, due when `cron` says so (UTC): "0 6 * * *" is each day at six.

    `name` is what the queue knows it by; it begins with the app's own.
    """

    def make(work: Callable[[], None]) -> Job:
        job = Job(name, queue, work)

        def enqueue(timestamp: int) -> None:
            enqueue_everywhere(job)

        app.periodic(cron=cron)(app.task(name=f"{name}_everywhere", queue="platform", retry=PERIODIC_RETRY)(enqueue))
        return job

    return make


def enqueue_everywhere(job: Job) -> None:
    """Queue a job once for each active organization. See Note [Once for everybody]."""
    with use_platform(), connection.cursor() as cursor:
        cursor.execute(_ENQUEUE, {"task": job.name, "queue": job.queue, "most": MOST_WAITING})
