"""Background work: it belongs to whoever asked for it, and happens if and only if the asking was committed."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DataError, OperationalError, ProgrammingError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicDeferrer

from audit.models import LogEntry
from audit.recording import record
from tenants.jobs.tenant_task import tenant_task
from tenants.jobs.worker import queue_connector
from tenants.scope import use_platform, use_tenant
from tests.acts import rows
from tests.cast import Cast
from tests.database import superuser
from tests.servers import PATIENCE_SECONDS
from workix.core.current import Actor, Current

done: list[str] = []


@tenant_task("tests.note", queue="mails")
def note(text: str) -> None:
    """Say in the trail that it was done, and as whom."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        record("note.made", resource_type="note", changes={"text": text, "as": cursor.fetchone()[0]})
    done.append(text)


@tenant_task("tests.stumble", queue="mails")
def stumble(times: int) -> None:
    """Fail so many times, then succeed."""
    done.append("tried")
    if len(done) <= times:
        raise ZeroDivisionError


@tenant_task("tests.follow", queue="mails")
def follow(links: int) -> None:
    """Ask for the next link at last, when the worker has looked for others long since."""
    time.sleep(0.2)
    done.append(f"link {links}")
    if links > 1:
        follow.enqueue(links=links - 1)


@pytest.fixture(autouse=True)
def _nothing_is_done_yet() -> None:
    done.clear()


def jobs() -> list[tuple[Any, ...]]:
    return rows("SELECT task_name, status::text, args FROM procrastinate_jobs ORDER BY id")


def notes(cast: Cast) -> list[dict[str, Any]]:
    with use_tenant(cast.organization):
        fields = ("changes", "actor_type", "actor_label", "reason", "request_id", "database_role")
        return list(LogEntry.objects.filter(action="note.made").values(*fields))


def test_a_worker_that_runs_once_does_what_its_jobs_asked_for_too(acme: Cast, run_jobs: Callable[[], None]) -> None:
    with use_tenant(acme.organization):
        follow.enqueue(links=3)
    run_jobs()
    assert (done, jobs()) == (["link 3", "link 2", "link 1"], [])


def test_a_job_is_queued_with_its_organization_and_who_asked(acme: Cast) -> None:
    alice = Actor("person", acme.people["alice"].id, "alice@acme.example")
    with use_tenant(acme.organization), Current.scoped(actor=alice, request_id="0123456789"):
        note.enqueue(text="hello")
    ((task, status, arguments),) = jobs()
    assert (task, status, arguments) == (
        "tests.note",
        "todo",
        {
            "text": "hello",
            "organization_id": str(acme.organization.id),
            "context": arguments["context"],
        },
    )
    assert {key: arguments["context"][key] for key in ("request_id", "on_behalf_of")} == {
        "request_id": "0123456789",
        "on_behalf_of": "alice@acme.example",
    }


def test_a_job_is_committed_with_the_act_that_asks_for_it(acme: Cast) -> None:
    with use_tenant(acme.organization):
        with transaction.atomic():
            note.enqueue(text="kept")
            assert jobs() == []
        assert [arguments["text"] for _, _, arguments in jobs()] == ["kept"]


def test_a_job_of_an_act_that_is_rolled_back_was_never_asked_for(acme: Cast, run_jobs: Callable[[], None]) -> None:
    with use_tenant(acme.organization), pytest.raises(ZeroDivisionError), transaction.atomic():
        note.enqueue(text="lost")
        raise ZeroDivisionError
    assert jobs() == []
    run_jobs()
    assert done == []


@pytest.mark.requirement("S54")
def test_the_worker_does_it_as_the_organizations_own_role_for_the_one_who_asked(
    acme: Cast, globex: Cast, run_jobs: Callable[[], None]
) -> None:
    actor = Actor("person", acme.people["alice"].id, "alice@acme.example")
    with use_tenant(acme.organization), Current.scoped(actor=actor, request_id="0123456789"):
        note.enqueue(text="for Acme")
    with use_tenant(globex.organization):
        note.enqueue(text="for Globex")
    run_jobs()
    assert (sorted(done), jobs()) == (["for Acme", "for Globex"], [])
    role = acme.organization.schema_name
    assert notes(acme) == [
        {
            "changes": {"text": "for Acme", "as": role},
            "actor_type": "system",
            "actor_label": "Workix",
            "reason": "on behalf of alice@acme.example",
            "request_id": "0123456789",
            "database_role": role,
        }
    ]
    (theirs,) = notes(globex)
    assert (theirs["changes"]["as"], theirs["reason"]) == (globex.organization.schema_name, "")


@pytest.mark.requirement("S36")
def test_an_organization_cannot_be_chosen(acme: Cast, globex: Cast, run_jobs: Callable[[], None]) -> None:
    with use_tenant(acme.organization):
        note.enqueue(text="forged", organization_id=str(globex.organization.id))
    ((_, _, arguments),) = jobs()
    assert arguments["organization_id"] == str(acme.organization.id)
    run_jobs()
    assert (len(notes(acme)), notes(globex)) == (1, [])


@pytest.mark.requirement("S36")
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM public.procrastinate_jobs",
        "DELETE FROM public.procrastinate_jobs",
        "INSERT INTO public.procrastinate_jobs (queue_name, task_name) VALUES ('q', 't')",
        "SELECT public.enqueue_job_for(gen_random_uuid(), 'q', 't', '{}')",
    ],
)
def test_an_organizations_role_reaches_the_queue_through_one_function_only(acme: Cast, statement: str) -> None:
    with use_tenant(acme.organization), connection.cursor() as cursor, pytest.raises(ProgrammingError) as caught:
        cursor.execute(statement)
    assert getattr(caught.value.__cause__, "sqlstate", None) == "42501"


@pytest.mark.parametrize(
    "arguments",
    [
        ("tests", "tests.note", "[]"),
        ("tests", "tests.note", '"x"'),
        ("tests", "Not A Task", "{}"),
        ("a b", "t", "{}"),
        ("", "t", "{}"),
    ],
)
def test_what_is_no_job_is_not_queued(acme: Cast, arguments: tuple[str, str, str]) -> None:
    with use_tenant(acme.organization), connection.cursor() as cursor, pytest.raises(DataError):
        cursor.execute("SELECT public.enqueue_job(%s, %s, %s::jsonb)", arguments)
    assert jobs() == []


def test_arguments_have_a_size(acme: Cast) -> None:
    with use_tenant(acme.organization), pytest.raises(DataError):
        note.enqueue(text="x" * 70_000)


def test_a_job_that_fails_waits_and_is_tried_again(acme: Cast, run_jobs: Callable[[], None]) -> None:
    with use_tenant(acme.organization):
        stumble.enqueue(times=1)
    run_jobs()
    waiting = rows("SELECT status::text, attempts, scheduled_at > now() FROM procrastinate_jobs")
    assert (done, waiting) == (["tried"], [("todo", 1, True)])
    rows("UPDATE procrastinate_jobs SET scheduled_at = now()")
    run_jobs()
    assert (done, jobs()) == (["tried", "tried"], [])


def test_a_job_of_an_organization_that_is_gone_is_done_by_doing_nothing(
    acme: Cast, globex: Cast, run_jobs: Callable[[], None]
) -> None:
    for cast in (acme, globex):
        with use_tenant(cast.organization):
            note.enqueue(text=cast.organization.slug)
    rows("UPDATE organizations SET deleted_at = now() WHERE slug = 'globex'")
    run_jobs()
    assert (done, jobs()) == (["acme"], [])


def test_an_organization_with_a_thousand_waiting_jobs_waits_itself(acme: Cast, globex: Cast) -> None:
    rows(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args) SELECT 'tests', 'tests.note',"
        " jsonb_build_object('organization_id', %(id)s::text) FROM generate_series(1, 1000)",
        id=str(acme.organization.id),
    )
    with use_tenant(acme.organization), pytest.raises(OperationalError, match="too many jobs"):
        note.enqueue(text="one more")
    with use_tenant(globex.organization):
        note.enqueue(text="not my trouble")
    rows("DELETE FROM procrastinate_jobs WHERE id = (SELECT min(id) FROM procrastinate_jobs)")
    with use_tenant(acme.organization):
        note.enqueue(text="now there is room")
    assert len(jobs()) == 1_001


def test_the_platform_may_ask_for_an_organization(acme: Cast, run_jobs: Callable[[], None]) -> None:
    with use_platform(), Current.scoped(organization=acme.organization):
        note.enqueue(text="from the platform")
    run_jobs()
    assert (done, len(notes(acme))) == (["from the platform"], 1)


def test_what_is_due_by_the_clock_is_queued_as_the_platform(database: None) -> None:
    """By the very app the worker runs, which would stop if it could not."""
    deferrer = PeriodicDeferrer(app.periodic_registry)
    at = timezone.now().replace(minute=18, second=0, microsecond=0)

    async def defer() -> None:
        async with app.open_async():
            await deferrer.defer_jobs(deferrer.get_previous_tasks(at=at.timestamp()))

    with app.replace_connector(queue_connector()):
        asyncio.run(defer())
    assert ("tenants.remove_due_organizations", "todo") in [job[:2] for job in jobs()]


def test_a_job_starts_from_an_empty_current(acme: Cast) -> None:
    """Whatever surrounds the worker, a job knows only what it was given."""
    with use_tenant(acme.organization), Current.scoped(reason="mine", ip_address="203.0.113.9"):
        note.enqueue(text="x")
    ((_, _, arguments),) = jobs()
    with Current.scoped(reason="the worker's", ip_address="203.0.113.1"):
        note._run(**arguments)
    (made,) = notes(acme)
    assert (made["actor_type"], made["reason"], done) == ("system", "", ["x"])


def test_whoever_shouts_nonsense_does_not_make_the_worker_deaf(database: None) -> None:
    heard: list[str] = []

    async def note(*, channel: str, payload: str) -> None:
        heard.append(payload)

    async def listen() -> None:
        connector = queue_connector()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await connector.open_async()
            listening = asyncio.create_task(connector.listen_notify(note, ["shouting"]))
            await asyncio.to_thread(_shout, heard)
            while not listening.done():  # the library may swallow a cancellation that comes while it reads
                listening.cancel()
                await asyncio.wait({listening}, timeout=0.1)
            await connector.close_async()

    asyncio.run(listen())
    assert set(heard) == {'{"type": "job_inserted", "job_id": 1}'}


def _shout(heard: list[str]) -> None:
    """Notify again and again until the last line, which is ours, was heard."""
    lines = [
        "no json",
        "[]",
        "1",
        "{}",
        '{"type": "abort_job_requested", "job_id": 1}',
        '{"type": "job_inserted", "job_id": 1}',
    ]
    with superuser() as connection:
        for _ in range(10_000):
            for line in lines:
                connection.execute("SELECT pg_notify('shouting', %s)", [line])
            if heard:
                return
            threading.Event().wait(0.01)
