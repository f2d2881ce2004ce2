"""What background jobs of every kind share: the name the queue knows, the retries of the queue, how an attempt is counted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

from tenants.jobs.mail_faults import mail_faults_judged
from tenants.jobs.retries import MAILS, schedule_of
from tenants.signals import job_attempted
from workix.observability import metrics, tracing


class BackgroundJob(ABC):
    """A function that runs later, in the worker. What sends e-mails has the queue `mails`: see Note [Whose fault it is]."""

    def __init__(self, name: str, queue: str, work: Callable[..., None]) -> None:
        self.name = name
        self.queue = queue
        self.work = work
        app.task(name=name, queue=queue, retry=schedule_of(queue))(self._run)

    @abstractmethod
    def _run(self, **arguments: Any) -> None:
        """Do it, with what the queue kept, in the scope of this kind of job."""

    def _attempt(self, asked_in: str, /, **arguments: Any) -> None:
        """Do the work once. `asked_in` is the traceparent of whoever asked for it, or nothing."""
        judged = mail_faults_judged(self.name) if self.queue == MAILS else nullcontext()
        before = connection.database_seconds  # type: ignore[attr-defined]  # our own backend
        try:
            with tracing.job_span(self.name, asked_in=asked_in), metrics.job_counted(self.name), judged:
                self.work(**arguments)
        finally:
            seconds = connection.database_seconds - before  # type: ignore[attr-defined]  # the same
            job_attempted.send_robust(sender=type(self), seconds=seconds)


def trace_of_asking() -> dict[str, str]:
    """Return what a job keeps of the trace it is asked for in: nothing where no traces are sent."""
    return {"traceparent": found} if (found := tracing.traceparent()) else {}
