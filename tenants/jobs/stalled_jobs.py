"""Stalled jobs (heartbeat): takes jobs of workers that died, by kill -9 or with their machine, up again."""

# Note [Jobs of dead workers]
# A worker says every ten seconds that it lives. Whose last word is a minute old is dead, and what it was doing is still
# marked so. Every worker looks for such jobs, beside its own work and not as a job, which would have to wait its turn. A
# job is tried again by its schedule, as if it had failed: so one that kills its worker again and again ends, too, as
# failed. It may have been done, or half, when its worker died: jobs are done at least once. A worker that only seemed
# dead (a machine that slept) may end its job meanwhile: what it says last counts, and the library refuses the rest.

from __future__ import annotations

import asyncio
import logging

from procrastinate import App
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status

from tenants.jobs.retries import schedule_of
from workix.observability import metrics

logger = logging.getLogger("workix.jobs")

HEARTBEAT_SECONDS = 10.0
DEAD_AFTER_SECONDS = 60.0
LOOKED_FOR_EVERY_SECONDS = 15.0


async def keep_taking_up(worker: App) -> None:
    """Look for stalled jobs until it is cancelled. See Note [Jobs of dead workers]."""
    while True:
        try:
            await take_up(worker)
        except Exception:  # a database that is away must not end the looking
            logger.warning("jobs.stalled_not_looked_for", exc_info=True)
        await asyncio.sleep(LOOKED_FOR_EVERY_SECONDS)


async def take_up(worker: App) -> None:
    """Have every stalled job tried again, or given up where it was tried often enough."""
    for job in await worker.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS):
        try:
            outcome = await _end(worker, job)
        except ConnectorException:
            continue  # another worker was first
        metrics.STALLED_JOBS.labels(outcome).inc()
        logger.warning("jobs.worker_died", extra={"job": job.id, "task": job.task_name, "outcome": outcome})


async def _end(worker: App, job: Job) -> str:
    decision = schedule_of(job.queue).after(job.attempts)
    if decision is None:
        await worker.job_manager.finish_job(job, Status.FAILED, delete_job=False)
        return "given_up"
    await worker.job_manager.retry_job(job, retry_at=decision.retry_at)
    return "retried"
