"""@platform_task: background jobs of the platform, for no organization, that somebody's request asks for."""

# Raw SQL: calls a function of the job queue (procrastinate), as the control role.

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from tenants.jobs.job import BackgroundJob, trace_of_asking
from tenants.scope import use_platform
from workix.core.current import SYSTEM, Current

_ENQUEUE = """
    SELECT public.procrastinate_defer_jobs_v1(ARRAY[
        ROW(%s, %s, 0, NULL, NULL, %s::jsonb, NULL)::public.procrastinate_job_to_defer_v1])"""


class PlatformJob(BackgroundJob):
    """A function that runs later, in the worker, and enters by itself whatever scope it needs."""

    def enqueue(self, **arguments: Any) -> None:
        """Ask for it, at once and outside any transaction. Arguments are JSON; never put a secret among them, nor an
        address: who reads the queue, or its log, would read it.
        """
        payload: Any = Jsonb({**arguments, "request_id": Current.request_id, **trace_of_asking()})
        with use_platform(), connection.cursor() as cursor:
            cursor.execute(_ENQUEUE, [self.queue, self.name, payload])

    def _run(  # type: ignore[override]  # what our enqueue() adds
        self, *, request_id: str, traceparent: str = "", **arguments: Any
    ) -> None:
        with Current.fresh(actor=SYSTEM, request_id=request_id):
            self._attempt(traceparent, **arguments)


def platform_task(name: str, *, queue: str = "platform") -> Callable[[Callable[..., None]], PlatformJob]:
    """Make a function a job of the platform. `name` is what the queue knows it by, so it stays when the function moves."""

    def make(work: Callable[..., None]) -> PlatformJob:
        return PlatformJob(name, queue, work)

    return make
