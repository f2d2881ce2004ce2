"""What happens through the API, the worker and the pool shows in the metrics."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from prometheus_client import REGISTRY
from pytest_django import Settings

from accounts.models import User
from tenants import metrics
from tenants.backend.pool import NoConnectionFree, Pool
from tenants.lifecycle import NotRemoved, remove_due
from tenants.models import Status
from tenants.plans import Plan
from tenants.provisioning import open_organization
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import PASSWORD, Api, Cast
from tests.database import superuser
from tests.metrics import Change
from tests.servers import wait_for
from workix.observability import readings

pytestmark = pytest.mark.requirement("S29")


RESPONSES = "django_http_responses_total_by_status_view_method_total"


def grown(name: str, act: Callable[[], Any], **labels: str) -> float:
    """Say how much a series grows while something is done."""
    before = REGISTRY.get_sample_value(name, labels) or 0.0
    act()
    return (REGISTRY.get_sample_value(name, labels) or 0.0) - before


def log_in(api: Api, password: str = PASSWORD, email: str = "alice@acme.example") -> Any:
    return api.post("auth/login/", {"email": email, "password": password})


@pytest.mark.parametrize(
    ("password", "outcome", "status"),
    [(PASSWORD, "ok", "200"), ("not the password", "invalid_credentials", "401")],
)
def test_a_log_in_is_counted_by_its_outcome(
    acme: Cast, anonymous: Api, password: str, outcome: str, status: str
) -> None:
    assert grown("workix_logins_total", lambda: log_in(anonymous, password), outcome=outcome) == 1
    view = {"method": "POST", "view": "api/v1/auth/login/", "status": status, "transport": "http"}
    assert grown(RESPONSES, lambda: log_in(anonymous, password), **view) == 1


def test_who_is_locked_out_is_counted_as_such(acme: Cast, anonymous: Api) -> None:
    def guess() -> None:
        for number in range(12):
            log_in(anonymous, f"guess number {number}")

    with (
        Change("workix_lockouts_total", kind="account") as accounts,
        Change("workix_lockouts_total", kind="client") as clients,
    ):
        assert grown("workix_logins_total", guess, outcome="locked_out") == 2
    assert (accounts.by, clients.by) == (1, 0)


def test_a_client_that_fails_too_often_is_counted_once(acme: Cast, anonymous: Api, settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"lockout_client_failures": 3})

    def guess() -> None:
        for number in range(5):
            log_in(anonymous, "a guess", f"nobody{number}@acme.example")

    assert grown("workix_lockouts_total", guess, kind="client") == 1


def test_removals_that_are_due_are_counted_by_how_they_end(database: None) -> None:
    first, _ = (open_organization(name=slug, slug=slug, populate=lambda _: None) for slug in ("first", "last"))
    rows("UPDATE organizations SET removal_due_at = now() WHERE slug IN ('first', 'last')")
    rows("CREATE TABLE invoices (whose uuid REFERENCES organizations)")
    rows("INSERT INTO invoices VALUES (%(id)s)", id=first.id)

    def remove() -> None:
        with suppress(NotRemoved):
            remove_due(now=datetime.now(UTC))

    try:
        assert grown("workix_removals_total", remove, outcome="failed") == 1
    finally:
        rows("DROP TABLE invoices")
    assert rows("SELECT slug FROM organizations WHERE removal_due_at IS NOT NULL") == [("first",)]
    assert grown("workix_removals_total", remove, outcome="ok") == 1


def test_an_unconfirmed_person_is_counted_as_such(acme: Cast, anonymous: Api) -> None:
    rows("UPDATE users SET email_confirmed_at = NULL", acme)
    assert grown("workix_logins_total", lambda: log_in(anonymous), outcome="email_not_confirmed") == 1


def opening(slug: str) -> dict[str, Any]:
    return {"name": "New", "slug": slug, "admin": {"email": "nina@new.example", "password": PASSWORD}}


@pytest.mark.parametrize(
    ("slug", "outcome"), [("new-one", "ok"), ("acme", "slug_taken"), ("admin", "validation_error")]
)
def test_an_opening_is_counted_by_its_outcome(acme: Cast, anonymous: Api, slug: str, outcome: str) -> None:
    open_one = lambda: anonymous.post("organizations/", opening(slug))  # noqa: E731
    assert grown("workix_openings_total", open_one, outcome=outcome) == 1


def test_a_spent_quota_is_counted_by_resource(alice: Api) -> None:
    def add_too_many() -> None:
        for number in range(4):
            alice.post("users/", {"email": f"p{number}@acme.example", "password": PASSWORD, "role": "user"})

    assert grown("workix_quota_refusals_total", add_too_many, resource="users") == 2


def test_a_job_is_counted_when_the_worker_does_it(anonymous: Api, run_jobs: Callable[[], None]) -> None:
    anonymous.post("organizations/", opening("new-one"))
    task = "accounts.send_confirmation_mail"
    assert grown("workix_jobs_total", run_jobs, task=task, outcome="ok") == 1


def samples(reading: readings.Reading, *queue: str) -> dict[tuple[str, ...], float]:
    """Read the queue; only one of them, if it is named."""
    found = {sample.labels: sample.value for sample in metrics.read_platform(None) if sample.reading == reading}
    return {labels: value for labels, value in found.items() if labels[: len(queue)] == queue}


def test_the_queue_is_told_also_when_it_is_empty(acme: Cast) -> None:
    assert samples(readings.QUEUE_JOBS, "mails") == {
        ("mails", "todo"): 0,
        ("mails", "doing"): 0,
        ("mails", "failed"): 0,
        ("mails", "stalled"): 0,
    }
    assert samples(readings.QUEUE_OLDEST, "mails") == {("mails",): 0.0}
    assert samples(readings.DATABASE_UP) == {(): 1}


def enqueue(queue: str, minutes: float, scheduled: datetime | None = None, status: str = "todo") -> None:
    """Put a job into the queue that was enqueued so many minutes ago."""
    with superuser() as behind:
        found = behind.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at) VALUES (%s, 'x', %s) RETURNING id",
            [queue, scheduled],
        ).fetchone()
        assert found
        behind.execute(
            "UPDATE procrastinate_events SET at = now() - make_interval(secs => %s) WHERE job_id = %s AND type = 'deferred'",
            [minutes * 60, found[0]],
        )
        behind.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, found[0]])


def test_the_oldest_due_job_says_how_long_the_queue_waits(acme: Cast) -> None:
    now = datetime.now(UTC)
    enqueue("mails", 3)
    enqueue("mails", 7)
    enqueue("mails", 30, status="doing")
    enqueue("mails", 40, scheduled=now - timedelta(minutes=5))
    enqueue("mails", 60, scheduled=now + timedelta(hours=1))
    enqueue("mails", 90, status="failed")
    assert samples(readings.QUEUE_JOBS, "mails") == {
        ("mails", "todo"): 4,
        ("mails", "doing"): 1,
        ("mails", "failed"): 1,
        ("mails", "stalled"): 1,
    }
    # By number, the job enqueued first is looked at: three minutes; the one that was put off is due for five.
    assert round(samples(readings.QUEUE_OLDEST)["mails",] / 60) == 5


def test_a_queue_somebody_made_up_is_not_a_series_of_its_own(acme: Cast) -> None:
    for number in range(3):
        enqueue(f"made_up_{number}", number + 1)
    assert samples(readings.QUEUE_JOBS)["other", "todo"] == 3
    assert round(samples(readings.QUEUE_OLDEST)["other",] / 60) == 3


def test_without_a_database_the_queue_is_silent_and_says_so(acme: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_QUEUE", "SELECT 1 / 0")
    assert metrics.read_platform(None) == [readings.DATABASE_UP.at(0)]


def test_organizations_are_told_by_status_and_plan_and_counted_once_a_minute(acme: Cast, globex: Cast) -> None:
    def told() -> dict[tuple[str, ...], float]:
        return {sample.labels: sample.value for sample in metrics.read_organizations(None)}

    metrics._organizations.cache_clear()
    rows("UPDATE organizations SET plan = 'pro', status = 'suspended' WHERE slug = 'globex'")
    found = told()
    assert {kind: count for kind, count in found.items() if count} == {("active", "free"): 1, ("suspended", "pro"): 1}
    assert len(found) == len(Status) * len(Plan)
    rows("UPDATE organizations SET plan = 'free' WHERE slug = 'globex'")
    assert told() == found
    metrics._organizations.cache_clear()
    assert told()["suspended", "free"] == 1


def test_the_pool_of_a_process_is_told(acme: Cast, alice: Api) -> None:
    alice.get("me/")
    metrics.sample_pool(None, role="test")
    idle = REGISTRY.get_sample_value("workix_connections", {"role": "test", "state": "idle"})
    assert idle is not None
    assert idle > 0
    assert REGISTRY.get_sample_value("workix_connections", {"role": "test", "state": "in_use"}) == 0
    assert REGISTRY.get_sample_value("workix_connections_limit", {"role": "test"}) == 20


def test_waiting_for_a_connection_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = Pool(1)
    pool.take("a")

    def wait_until_released() -> None:
        with ThreadPoolExecutor(1) as beside:
            taken = beside.submit(pool.take, "a")
            wait_for(lambda: pool.waiting or None)
            threading.Event().wait(0.05)  # it stands in the queue a moment before it waits
            pool.release()
            taken.result()

    assert grown("workix_connection_waits_total", wait_until_released, outcome="ok") == 1
    monkeypatch.setattr("tenants.backend.pool.WAIT_SECONDS", 0.05)

    def wait_in_vain() -> None:
        with pytest.raises(NoConnectionFree):
            pool.take("a")

    assert grown("workix_connection_waits_total", wait_in_vain, outcome="none_free") == 1


def test_a_role_that_had_to_be_repaired_is_counted(acme: Cast, alice: Api) -> None:
    from tenants.backend.pool import shared_pool

    role = acme.organization.schema_name
    with superuser() as behind:
        behind.execute(psycopg.sql.SQL("ALTER ROLE {} PASSWORD 'another'").format(psycopg.sql.Identifier(role)))
    shared_pool(0).clear()
    assert grown("workix_role_repairs_total", lambda: alice.get("me/"), outcome="ok") == 1


@pytest.mark.fault("D1")
def test_what_was_written_past_the_application_is_told(acme: Cast) -> None:
    (before,) = samples(readings.CONTEXTS_UNVERIFIED).values()
    with use_tenant(acme.organization):
        User.objects.filter(role="user").update(last_name="x")
    assert samples(readings.CONTEXTS_UNVERIFIED) == {(): before + 1}
