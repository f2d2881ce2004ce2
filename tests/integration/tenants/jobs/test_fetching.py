"""Fair queueing: a free worker goes to whoever has fewest at work, and a backlog costs nobody but its owner."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from tenants.jobs.tenant_task import tenant_task
from tenants.jobs.worker import working_app
from tenants.scope import use_platform, use_tenant
from tests.acts import rows
from tests.cast import Cast
from tests.database import superuser


@tenant_task("tests.break", queue="default")
def break_down(words: str) -> None:
    """Fail, whatever was said."""
    raise ZeroDivisionError


def fill(cast: Cast, count: int, *, task: str = "t", **columns: str) -> None:
    more = "".join(f", {name}" for name in columns)
    values = "".join(f", {value}" for value in columns.values())
    rows(
        f"INSERT INTO procrastinate_jobs (queue_name, task_name, args{more}) SELECT 'default', %(task)s,"
        f" jsonb_build_object('organization_id', %(id)s::text, 'n', n){values} FROM generate_series(1, %(count)s) AS n",
        id=str(cast.organization.id),
        task=task,
        count=count,
    )


def fetched(times: int, *, done: bool = True) -> list[tuple[str, int]]:
    """Let a worker fetch so often; say whose job it got, and which. None is done where `done` is False."""

    async def fetch() -> list[tuple[str, int]]:
        found = []
        async with worker.open_async():
            number = await worker.job_manager.register_worker()
            for _ in range(times):
                job = await worker.job_manager.fetch_job(None, number)
                if job is not None:
                    found.append((str(job.task_kwargs.get("organization_id", "")), int(job.task_kwargs.get("n", 0))))  # type: ignore[arg-type]  # JSON of ours
                    if done:
                        rows("DELETE FROM procrastinate_jobs WHERE id = %(id)s", id=job.id)
        return found

    with working_app() as worker:
        return asyncio.run(fetch())


def names(found: list[tuple[str, int]], *casts: Cast) -> list[str]:
    slugs = {str(cast.organization.id): cast.organization.slug for cast in casts} | {"": "platform"}
    return [f"{slugs[organization]} {number}" for organization, number in found]


@pytest.mark.fault("C6")
def test_one_job_behind_nine_hundred_of_another_is_served_at_the_next_free_worker(acme: Cast, globex: Cast) -> None:
    fill(acme, 900)
    fill(globex, 1)
    assert names(fetched(4), acme, globex) == ["acme 1", "globex 1", "acme 2", "acme 3"]


@pytest.mark.fault("C6")
def test_organizations_take_turns_with_each_other_and_with_the_platform(acme: Cast, globex: Cast) -> None:
    fill(acme, 3)
    fill(globex, 2)
    rows("INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('platform', 'p'), ('platform', 'p')")
    assert names(fetched(9), acme, globex) == [
        *("acme 1", "globex 1", "platform 0"),
        *("acme 2", "globex 2", "platform 0"),
        "acme 3",
    ]


@pytest.mark.fault("C6")
def test_who_has_more_at_work_waits_for_who_has_fewer(acme: Cast, globex: Cast) -> None:
    """Four workers, and nothing is done: each gets half, in whatever order they came."""
    fill(acme, 10)
    assert names(fetched(3, done=False), acme) == ["acme 1", "acme 2", "acme 3"]
    fill(globex, 10)
    found = names(fetched(5, done=False), acme, globex)
    assert found == ["globex 1", "globex 2", "globex 3", "acme 4", "globex 4"]


def test_what_somebody_had_done_does_not_count_as_at_work(acme: Cast, globex: Cast) -> None:
    rows("INSERT INTO procrastinate_workers DEFAULT VALUES")
    fill(acme, 3, status="'succeeded'", worker_id="(SELECT max(id) FROM procrastinate_workers)")
    fill(acme, 1)
    fill(globex, 1)
    assert names(fetched(2), acme, globex) == ["acme 1", "globex 1"]


def test_what_is_put_off_waits_and_what_failed_comes_behind_what_is_new(acme: Cast, globex: Cast) -> None:
    fill(acme, 1, scheduled_at="now() + interval '1 hour'")
    fill(globex, 1, scheduled_at="now() - interval '1 hour'")
    fill(globex, 2)
    assert names(fetched(9), acme, globex) == ["globex 1", "globex 2", "globex 1"]


def test_of_one_lock_one_is_at_work(acme: Cast) -> None:
    fill(acme, 2, lock="'one at a time'")
    assert names(fetched(2, done=False), acme) == ["acme 1"]


def test_a_worker_of_named_queues_leaves_the_others(acme: Cast) -> None:
    fill(acme, 1)

    async def fetch(*queues: str) -> bool:
        async with worker.open_async():
            number = await worker.job_manager.register_worker()
            return await worker.job_manager.fetch_job(queues, number) is not None

    with working_app() as worker:
        assert [asyncio.run(fetch("mails")), asyncio.run(fetch("mails", "default"))] == [False, True]


def blocks(statement: str) -> int:
    """Count the pages the server reads for a statement, which is taken back."""
    with superuser() as behind, behind.transaction(force_rollback=True):
        behind.execute("SET LOCAL search_path = public")
        found = behind.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}").fetchone()
    plan: dict[str, Any] = found[0][0]["Plan"] if found else {}
    return int(plan["Shared Hit Blocks"]) + int(plan["Shared Read Blocks"])


@pytest.mark.fault("C6")
@pytest.mark.fault("C7")
@pytest.mark.parametrize("what", ["fetch", "enqueue"])
def test_ten_thousand_waiting_jobs_make_neither_a_fetch_nor_an_enqueue_dearer(
    acme: Cast, globex: Cast, what: str
) -> None:
    statement = {
        "fetch": "SELECT * FROM fetch_next_job(NULL, NULL, '')",
        "enqueue": f"SELECT enqueue_job_for('{globex.organization.id}', 'default', 'tests.break', '{{}}')",
    }[what]
    fill(acme, 100)
    fill(globex, 1)
    blocks(statement)  # the first one also reads catalogs
    few = blocks(statement)
    fill(acme, 10_000)
    rows("ANALYZE procrastinate_jobs")
    blocks(statement)
    assert 0 < blocks(statement) <= 2 * few


@pytest.mark.fault("C6")
@pytest.mark.parametrize("due", [0, 1])
def test_whoever_waits_for_a_time_to_come_is_not_passed_by_one_by_one(acme: Cast, due: int) -> None:
    """A mail server that is away leaves every organization with something to try again."""
    statement = "SELECT * FROM fetch_next_job(NULL, NULL, '')"
    fill(acme, due, scheduled_at="now() - interval '1 hour'")
    wait_for_later(10)
    blocks(statement)
    few = blocks(statement)
    wait_for_later(2_000)
    rows("ANALYZE procrastinate_jobs")
    blocks(statement)
    assert 0 < blocks(statement) <= 2 * few


def wait_for_later(organizations: int) -> None:
    rows(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, scheduled_at) SELECT 'default', 't',"
        " jsonb_build_object('organization_id', gen_random_uuid()), now() + interval '1 hour'"
        " FROM generate_series(1, %(count)s)",
        count=organizations,
    )


def test_of_many_that_were_put_off_those_that_wait_longest_are_served(acme: Cast, globex: Cast) -> None:
    fill(acme, 1_000, scheduled_at="now() - interval '1 hour'")
    fill(globex, 1, scheduled_at="now() - interval '1 minute'")
    fill(globex, 1)
    assert names(fetched(4), acme, globex) == ["acme 1", "globex 1", "acme 2", "globex 1"]


@pytest.mark.fault("C7")
def test_the_log_names_a_job_and_none_of_its_arguments(
    acme: Cast, run_jobs: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    with use_tenant(acme.organization):
        break_down.enqueue(words="what nobody should read")
    with caplog.at_level(logging.DEBUG, logger="procrastinate"):
        run_jobs()
    ended = [each for each in caplog.records if getattr(each, "action", "") == "job_error_retry"]
    assert [each.getMessage().split(" ended")[0] for each in ended] == [f"Job tests.break[{job_number()}]"]
    assert [each for each in caplog.records if "what nobody should read" in f"{each.__dict__}"] == []


def job_number() -> int:
    ((number,),) = rows("SELECT id FROM procrastinate_jobs")
    return int(number)


@pytest.mark.fault("C6")
def test_two_workers_never_fetch_the_same_job(acme: Cast) -> None:
    fill(acme, 2)
    with superuser() as other, use_platform(), transaction.atomic(), connection.cursor() as cursor:
        other.execute("SET lock_timeout = '2s'")
        cursor.execute("SELECT args ->> 'n' FROM fetch_next_job(NULL, NULL, '')")
        theirs = other.execute("SELECT args ->> 'n' FROM public.fetch_next_job(NULL, NULL, '')").fetchall()
        assert (cursor.fetchall(), theirs) == ([("1",)], [("2",)])
