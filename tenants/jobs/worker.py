"""The worker's app, its connection to the job queue (LISTEN/NOTIFY) as the control role, and its end (SIGTERM)."""

# Note [Notifications]
# PostgreSQL lets every role send NOTIFY on every channel, and nothing can revoke it. The queue itself is safe, since a
# notification only says that it is worth looking. But the library reads its text as JSON, and stops listening for good
# when it is none. So what can't be read is dropped: whoever shouts makes the worker look once, at most.

# Note [What a worker that ends does with its jobs]
# It takes no more. What is at work may finish within GRACE_SECONDS; the library waits for ever, and says meanwhile no longer
# that it lives, so after a minute others would take up what is still being done here: hence less than DEAD_AFTER_SECONDS.
# What is left is put back, to be begun elsewhere a moment later, and the process ends at once: a thread can't be stopped in
# any other way, and with its connections PostgreSQL undoes what it had not committed. What it had committed, or handed over to
# others, may be done a second time, as when a worker dies: jobs are done at least once. It counts as an attempt.

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from procrastinate import App, PsycopgConnector, RetryDecision
from procrastinate.connector import Notify
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from tenants.isolation.database_roles import FORMAT_SETTINGS, PINNED_SETTINGS, as_options, control_role
from tenants.isolation.sessions import logging_in
from tenants.jobs.fetching import FairJobManager
from workix.observability import tracing

logger = logging.getLogger("workix.jobs")

GRACE_SECONDS = 40
#: The most that may be asked for: a heartbeat before others take the worker for dead.
MOST_GRACE_SECONDS = 45
BEGUN_AGAIN_SECONDS = 2
#: A database that does not answer is not waited for: then its jobs are those of a dead worker.
_PATIENCE_SECONDS = 5.0
#: psycopg's pool doubles its pauses up to this long: a restarted database is found again within it.
RECONNECT_SECONDS = 5.0


class QueueConnector(PsycopgConnector):
    """See Note [Notifications]."""

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        async def on_ours(*, channel: str, payload: str) -> None:
            if _is_ours(payload):
                await on_notification(channel=channel, payload=payload)

        await super().listen_notify(on_ours, channels)


@contextmanager
def working_app() -> Iterator[App]:
    """Have the app itself work: what is due by the clock is queued through it, and would not be through a copy."""
    kept = app.job_manager
    with app.replace_connector(queue_connector()) as worker:
        worker.job_manager = FairJobManager(worker.connector)
        tracing.start("worker")
        try:
            yield worker
        finally:
            tracing.stop()
            worker.job_manager = kept


def queue_connector() -> QueueConnector:
    return QueueConnector(kwargs=_parameters, min_size=1, max_size=4, reconnect_timeout=RECONNECT_SECONDS)


def _parameters() -> dict[str, str | int]:
    """Write down how to connect, for each connection anew: the password may have been rotated since the last one."""
    parameters = logging_in.address_that_opens(control_role()).connection_parameters()
    pinned = as_options({**PINNED_SETTINGS, **FORMAT_SETTINGS})
    parameters["options"] = f"{parameters.get('options', '')} {pinned}".strip()
    return parameters


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
            tracing.stop()
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
            await manager.retry_job(job, retry_at=RetryDecision(retry_in={"seconds": BEGUN_AGAIN_SECONDS}).retry_at)
            logger.warning("jobs.handed_back", extra={"job": job.id, "task": job.task_name})
    await manager.unregister_worker(manager.worker_id)


def _is_ours(payload: str) -> bool:
    """Say whether a notification says what anybody may say: that there may be a job. Orders to abort one are read
    from the table, where only the control role writes them.
    """
    try:
        said = json.loads(payload)
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("type") == "job_inserted"
