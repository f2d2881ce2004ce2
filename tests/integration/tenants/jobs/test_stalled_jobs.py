"""Stalled jobs: what a dead worker left is taken up again, and ends after as many attempts as anything else."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tenants.jobs.stalled_jobs import take_up
from tenants.jobs.worker import working_app
from tests.acts import rows
from tests.metrics import Change

LEFT = """
    WITH worker AS (
        INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %(silent)s::interval) RETURNING id)
    INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts, worker_id)
    SELECT %(queue)s, 'tests.left', 'doing', %(attempts)s, id FROM worker"""
JOBS = """
    SELECT status::text, attempts, ceil(extract(epoch FROM scheduled_at - now()) / 60)::int
      FROM procrastinate_jobs ORDER BY id"""


def leave(*, silent: str, attempts: int = 0, queue: str = "default") -> None:
    rows(LEFT, silent=silent, attempts=attempts, queue=queue)


def look() -> list[tuple[Any, ...]]:
    async def once() -> None:
        async with worker.open_async():
            await take_up(worker)

    with working_app() as worker:
        asyncio.run(once())
    return rows(JOBS)


@pytest.mark.fault("B2")
def test_a_job_whose_worker_is_dead_is_tried_again_and_counted(database: None) -> None:
    leave(silent="61 s")
    with Change("workix_stalled_jobs_total", outcome="retried") as taken_up:
        assert look() == [("todo", 1, 1)]
    assert taken_up.by == 1


def test_a_worker_that_was_silent_for_less_than_a_minute_may_still_work(database: None) -> None:
    leave(silent="30 s")
    assert look() == [("doing", 0, None)]


@pytest.mark.fault("B2")
def test_a_job_whose_worker_is_forgotten_is_tried_again(database: None) -> None:
    """A worker that starts removes dead ones from the list."""
    leave(silent="61 s")
    rows("DELETE FROM procrastinate_workers")
    assert look() == [("todo", 1, 1)]


@pytest.mark.fault("B2")
def test_a_job_that_kills_its_worker_again_and_again_ends_after_its_attempts(database: None) -> None:
    leave(silent="61 s", attempts=9)
    leave(silent="61 s", attempts=10)
    leave(silent="61 s", attempts=79, queue="mails")
    leave(silent="61 s", attempts=80, queue="mails")
    with Change("workix_stalled_jobs_total", outcome="given_up") as given_up:
        assert look() == [("todo", 10, 86), ("failed", 11, None), ("todo", 80, 60), ("failed", 81, None)]
    assert given_up.by == 2


@pytest.mark.fault("B2")
def test_of_two_workers_that_look_one_takes_it_up(database: None) -> None:
    leave(silent="61 s")
    with working_app() as worker:

        async def both() -> None:
            async with worker.open_async():
                await asyncio.gather(take_up(worker), take_up(worker))

        asyncio.run(both())
    assert [job[:2] for job in rows(JOBS)] == [("todo", 1)]
