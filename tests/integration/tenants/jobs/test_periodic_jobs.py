"""Jobs that are due by the clock for every organization: once each, inside each, and nothing for who is shut out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from django.core.checks import run_checks
from procrastinate.contrib.django import app

from audit.recording import record
from tenants.jobs.periodic_tenant_task import enqueue_everywhere, periodic_tenant_task
from tenants.models import Status
from tests.acts import rows, set_status
from tests.cast import Cast
from workix.core.checks import TAG
from workix.core.current import Current


@periodic_tenant_task("tests.look_around", cron="0 6 * * *")
def look_around() -> None:
    record("round.made", resource_type="round", resource_id=Current.organization.slug)


def waiting() -> list[tuple[Any, ...]]:
    return rows(
        "SELECT task_name, args ->> 'organization_id' FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id"
    )


def test_what_an_earlier_release_queued_is_known_by_its_old_name() -> None:
    assert app.tasks["tenants.mend_roles"] is app.tasks["tenants.repair_roles"]


def test_each_organization_gets_one_and_never_two(acme: Cast, globex: Cast) -> None:
    for _ in range(2):
        enqueue_everywhere(look_around)
    wanted = {("tests.look_around", str(cast.organization.id)) for cast in (acme, globex)}
    assert (set(waiting()), len(waiting())) == (wanted, 2)


def test_each_is_done_inside_its_organization(acme: Cast, globex: Cast, run_jobs: Callable[[], None]) -> None:
    enqueue_everywhere(look_around)
    run_jobs()
    for cast in (acme, globex):
        found = rows("SELECT resource_id, actor_type FROM audit_logs WHERE action = 'round.made'", cast)
        assert found == [(cast.organization.slug, "system")]


def test_what_fails_once_is_tried_again(database: None, run_jobs: Callable[[], None]) -> None:
    rows("""INSERT INTO procrastinate_jobs (queue_name, task_name, args)
            VALUES ('platform', 'quotas.find_shares', '{"timestamp": 0}')""")
    rows("ALTER TABLE quota_shares RENAME TO gone")
    try:
        run_jobs()
    finally:
        rows("ALTER TABLE gone RENAME TO quota_shares")
    assert rows("SELECT status::text, scheduled_at > now() FROM procrastinate_jobs") == [("todo", True)]
    rows("UPDATE procrastinate_jobs SET scheduled_at = now()")
    run_jobs()
    assert rows("SELECT count(*) FROM procrastinate_jobs") == [(0,)]


def test_who_is_suspended_gets_none(acme: Cast, globex: Cast) -> None:
    set_status(globex, Status.SUSPENDED)
    enqueue_everywhere(look_around)
    assert waiting() == [("tests.look_around", str(acme.organization.id))]


def test_who_has_very_many_waiting_gets_no_more_and_keeps_it_from_nobody(acme: Cast, globex: Cast) -> None:
    rows(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) SELECT 'default', 'other',"
        " jsonb_build_object('organization_id', %(id)s::text)"
        " FROM generate_series(1, 1000)",
        id=str(globex.organization.id),
    )
    enqueue_everywhere(look_around)
    assert waiting()[1000:] == [("tests.look_around", str(acme.organization.id))]


def test_nobody_being_there_is_no_fault(acme: Cast, globex: Cast) -> None:
    for cast in (acme, globex):
        set_status(cast, Status.SUSPENDED)
    enqueue_everywhere(look_around)
    assert waiting() == []


def test_a_cron_expression_that_cannot_be_read_is_refused() -> None:
    with patch.dict(app.tasks), patch.dict(app.periodic_registry.periodic_tasks):

        @periodic_tenant_task("tests.never", cron="every day at six")
        def never() -> None: ...

        found = [(str(each.obj), each.id) for each in run_checks(tags=[TAG])]
    assert found == [("tests.never_everywhere", "workix.E050")]
