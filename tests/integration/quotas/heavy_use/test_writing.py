"""Heavy use is counted by organization, beside requests and jobs, and written in batches that nobody waits for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from uuid import uuid4

import pytest

from quotas.heavy_use.counter import COUNTER, OTHER, Use, UseCounter
from quotas.heavy_use.writing import write
from quotas.tasks import measure_storage, warn_of_limits
from tests.acts import at_once, rows, set_limit, statements_of
from tests.cast import Api, Cast

WRITTEN = """
    SELECT requests, refused, throttled, failed, jobs, database_microseconds FROM heavy_use
     WHERE organization_id = %(id)s ORDER BY hour"""


def written(cast: Cast) -> list[Use]:
    return [Use(*row) for row in rows(WRITTEN, id=cast.organization.id)]


def counter_with(use: Use, *casts: Cast) -> UseCounter:
    counter = UseCounter()
    counter.put_back({cast.organization.id: use for cast in casts})
    return counter


def test_requests_refusals_and_time_in_the_database_are_the_organizations(acme: Cast, alice: Api) -> None:
    COUNTER.take()
    alice.get("me/")
    alice.get("nowhere/")
    Api().get("/health/live")
    Api().get("me/")
    ((whose, use),) = COUNTER.take().items()
    assert (whose, use.requests, use.refused, use.jobs) == (acme.organization.id, 2, 1, 0)
    assert 0 < use.database_microseconds < 10_000_000


def test_a_job_and_the_mail_it_asks_for_count_as_their_organizations(acme: Cast, run_jobs: Callable[[], None]) -> None:
    set_limit(acme, "users", 3)
    warn_of_limits(timestamp=0)
    COUNTER.take()
    run_jobs()
    assert [(whose, use.jobs) for whose, use in COUNTER.take().items()] == [(acme.organization.id, 2)]


def test_a_request_makes_no_statement_for_it_and_all_are_written_in_one(alice: Api) -> None:
    alice.get("me/")
    assert [each for each in statements_of(lambda: alice.get("me/")) if "heavy_use" in each] == []
    assert ["INSERT INTO heavy_use" in each for each in statements_of(write)] == [True]
    assert statements_of(write) == [], "nothing new"


def test_whoever_was_removed_meanwhile_does_not_come_back(acme: Cast, globex: Cast) -> None:
    counter = counter_with(Use(1), acme, globex)
    counter.put_back({uuid4(): Use(1), OTHER: Use(7)})
    rows("UPDATE organizations SET deleted_at = now() WHERE slug = 'globex'")
    write(counter)
    assert (written(acme), written(globex)) == ([Use(1)], [])
    assert rows("SELECT sum(requests), count(*) FROM heavy_use") == [(8, 2)]


def test_processes_that_write_at_the_same_moment_add_up(acme: Cast, globex: Cast) -> None:
    use = Use(5, 1, 1, 1, 2, 900)
    at_once(lambda number: write(counter_with(use, *([acme, globex], [globex, acme])[number % 2])), 4)
    assert written(acme) == written(globex) == [Use(20, 4, 4, 4, 8, 3_600)]


@pytest.mark.fault("A10")
def test_what_the_database_does_not_take_is_kept_and_written_later(
    acme: Cast, alice: Api, caplog: pytest.LogCaptureFixture
) -> None:
    counter = counter_with(Use(3), acme)
    rows("ALTER TABLE heavy_use RENAME TO gone")
    try:
        with caplog.at_level(logging.WARNING, "workix.heavy_use"):
            write(counter)
        assert alice.get("me/").status == 200
    finally:
        rows("ALTER TABLE gone RENAME TO heavy_use")
    assert [record.message for record in caplog.records] == ["heavy_use.not_written"]
    write(counter)
    assert written(acme) == [Use(3)]


def test_storage_is_measured_in_one_statement_beside_what_was_counted(acme: Cast, globex: Cast) -> None:
    write(counter_with(Use(3), acme))
    made = statements_of(lambda: measure_storage(timestamp=0))
    assert [each for each in made if "measure_storage" in each] == ["SELECT public.measure_storage(%s)"]
    size = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relnamespace = %(name)s::regnamespace"
    for cast in (acme, globex):
        ((measured,),) = rows(
            "SELECT storage_bytes FROM heavy_use WHERE organization_id = %(id)s", id=cast.organization.id
        )
        ((there,),) = rows(size, name=cast.organization.schema_name)
        assert 0 < measured == there
    assert written(acme) == [Use(3)]


def test_the_table_is_not_logged(database: None) -> None:
    assert rows("SELECT relpersistence FROM pg_class WHERE relname = 'heavy_use'") == [("u",)]
