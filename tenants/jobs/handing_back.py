"""The end of a worker (SIGTERM): jobs at work may finish for a while, those that do not are handed back to the queue."""

# Note [What a worker that ends does with its jobs]
# It takes no more. What is at work may finish within GRACE_SECONDS; the library waits for ever, and says meanwhile no longer
# that it lives, so after a minute others would take up what is still being done here: hence less than DEAD_AFTER_SECONDS.
# What is left is put back, to be begun elsewhere a moment later, and the process ends at once: a thread can't be stopped in
# any other way, and with its connections PostgreSQL undoes what it had not committed. What it had committed, or handed over to
# others, may be done a second time, as when a worker dies: jobs are done at least once. It counts as an attempt.

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from procrastinate import App
from procrastinate.exceptions import ConnectorException

from tenants.jobs.fetching import FairJobManager

logger = logging.getLogger("workix.jobs")

GRACE_SECONDS = 40
#: The most that may be asked for: a heartbeat before others take the worker for dead.
MOST_GRACE_SECONDS = 45
BEGUN_AGAIN_AFTER = timedelta(seconds=2)
#: A database that does not answer is not waited for: then its jobs are those of a dead worker.
_PATIENCE_SECONDS = 5.0


async def work_until_told(worker: App, working: Coroutine[Any, Any, None], *, grace: int) -> None:
    """Work until there is nothing to do, or SIGTERM or SIGINT comes. Ends the process where jobs outlast `grace` seconds."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, told.set)
    work, waiting = asyncio.create_task(working), asyncio.create_task(told.wait())
    await asyncio.wait({work, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not work.done():
        work.cancel()  # takes no more, and waits for what is at work
        await asyncio.wait({work}, timeout=grace)
        if not work.done():
            await _hand_back(worker)
            logging.shutdown()
            os._exit(0)
    with suppress(asyncio.CancelledError):
        await work


async def _hand_back(worker: App) -> None:
    """See Note [What a worker that ends does with its jobs]."""
    manager = worker.job_manager
    assert isinstance(manager, FairJobManager)
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await _put_back(manager)
    except Exception:  # whatever it was, others take them up when this worker is dead for a minute
        logger.warning("jobs.not_handed_back", exc_info=True)


async def _put_back(manager: FairJobManager) -> None:
    if manager.worker_id is None:
        return
    for job in await manager.list_jobs_async(status="doing", worker_id=manager.worker_id):
        with suppress(ConnectorException):  # it has just come to its end
            await manager.retry_job(job, retry_at=datetime.now(UTC) + BEGUN_AGAIN_AFTER)
            logger.warning("jobs.handed_back", extra={"job": job.id, "task": job.task_name})
    await manager.unregister_worker(manager.worker_id)
