"""manage.py run_worker: runs background jobs, the queue as the control role, each job inside its own organization."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate import App
from procrastinate.periodic import PeriodicRegistry

from tenants.backend.connection_cap import warn_of_too_few_connections
from tenants.isolation.startup import refuse_unsafe_roles
from tenants.jobs import stalled_jobs
from tenants.jobs.fetching import FairJobManager
from tenants.jobs.worker import GRACE_SECONDS, MOST_GRACE_SECONDS, work_until_told, working_app
from tenants.watchdog.watching import watching
from workix.core.commands import whole_number
from workix.observability.exporter_server import show_metrics

#: Each job takes a database connection, of which a process holds few.
MOST_AT_ONCE = 100


class Command(BaseCommand):
    help = "Runs the jobs that wait in the queue, until it is stopped."
    tells_nothing = "It runs until it is stopped; its log lines are JSON."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="Stop when no job is left that is due.")
        parser.add_argument(
            "--concurrency", type=whole_number(1, MOST_AT_ONCE), default=2, help="Jobs at the same time."
        )

        parser.add_argument(
            "--grace",
            type=whole_number(0, MOST_GRACE_SECONDS),
            default=GRACE_SECONDS,
            help="Seconds that jobs at work may take once it is told to stop; what is left is handed back to the queue.",
        )

    def handle(self, *args: Any, once: bool, concurrency: int, grace: int, **options: Any) -> None:
        refuse_unsafe_roles()
        warn_of_too_few_connections()
        if not once:
            show_metrics("worker")

        with working_app() as worker, _without_the_clock(worker) if once else watching():
            asyncio.run(_work(worker, wait=not once, concurrency=concurrency, grace=grace))


async def _work(worker: App, *, wait: bool, concurrency: int, grace: int) -> None:
    async with worker.open_async():
        looking = asyncio.create_task(stalled_jobs.keep_taking_up(worker), name="stalled_jobs")
        try:
            working = _run_until_none_is_left(worker, wait=wait, concurrency=concurrency)
            await work_until_told(worker, working, grace=grace)
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking


async def _run_until_none_is_left(worker: App, *, wait: bool, concurrency: int) -> None:
    """Look once more after each round that took a job: it may have enqueued others when the library had looked already."""
    manager, taken = worker.job_manager, None
    assert isinstance(manager, FairJobManager)
    while manager.taken != taken:
        taken = manager.taken
        await worker.run_worker_async(
            wait=wait,
            concurrency=concurrency,
            delete_jobs="successful",
            install_signal_handlers=False,
            update_heartbeat_interval=stalled_jobs.HEARTBEAT_SECONDS,
            stalled_worker_timeout=stalled_jobs.DEAD_AFTER_SECONDS,
        )


@contextmanager
def _without_the_clock(worker: App) -> Iterator[None]:
    """Queue nothing because it is time: that is for the worker that keeps running."""
    kept, worker.periodic_registry = worker.periodic_registry, PeriodicRegistry()  # type: ignore[no-untyped-call]  # the library leaves it untyped
    try:
        yield
    finally:
        worker.periodic_registry = kept
