"""Fair queueing (round robin): which waiting job a free worker takes, so that no organization's backlog keeps the others."""

# Note [Fair between organizations]
# The library serves first come, first served: who enqueued 900 jobs is served 900 times before anybody else. Here a free
# worker goes around: the next organization, in the order of ids behind the one served last, that has a job which is due
# and none at work; if all have some at work, the one with fewest. Within an organization the order is kept, and jobs that
# are tried again come behind those that wait for their first turn. A step around is one look-up in an index, and who only
# waits for a time to come is not in the round, so a fetch costs the same with ten jobs waiting and with ten thousand. Jobs of
# the platform are one more in the round.
#
# Each process goes around by itself, which adds up to the same. Two that fetch in the same moment may both serve one
# organization; the next turn makes up for it. `priority` plays no part.

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import attr
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

_FETCH = """
    SELECT id, status, task_name, priority, lock, queueing_lock, args, scheduled_at, queue_name, attempts, worker_id
      FROM public.fetch_next_job(%(queues)s::text[], %(worker)s, %(after)s)"""


@attr.frozen(kw_only=True)
class QuietJob(Job):
    """A job that no log line says more of than its name and number: arguments are somebody's data, and may be large."""

    @cached_property
    def call_string(self) -> str:
        return f"{self.task_name}[{self.id}]"

    def log_context(self) -> dict[str, Any]:
        return {name: value for name, value in super().log_context().items() if name != "task_kwargs"}


class FairJobManager(JobManager):
    """See Note [Fair between organizations]."""

    #: Whose jobs are fetched; None before the first.
    worker_id: int | None = None
    #: So many jobs were taken.
    taken = 0
    #: The organization that was served last.
    _served = ""

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> Job | None:
        """Take the next job, or return None where none is due."""
        self.worker_id = worker_id
        rows = await self.connector.execute_query_all_async(
            query=_FETCH, queues=list(queues) if queues else None, worker=worker_id, after=self._served
        )
        if not rows:
            return None
        self.taken += 1
        job = QuietJob.from_row(rows[0])
        self._served = str(job.task_kwargs.get("organization_id") or "")
        return job
