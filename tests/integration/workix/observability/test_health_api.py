"""/health/live and /health/ready."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tenants.backend.pool import shared_pool
from tenants.health import CHECKS
from tests.acts import at_once, rows, statements_of
from tests.cast import Api, Cast
from tests.database import roles_locked, superuser
from tests.servers import wait_for
from workix.config.secrets import Secret
from workix.observability import disk, health

OK = {"status": "ok", "reason": ""}
NAMES = ("disk", "signing_keys", "database", "migrations", "queue")


def failed(reason: str) -> dict[str, str]:
    return {"status": "failed", "reason": reason}


@pytest.fixture(autouse=True)
def looked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that was found before is believed."""
    monkeypatch.setattr(health, "readiness", health.Readiness())
    monkeypatch.setattr(health, "BELIEVED_SECONDS", 0.0)


@pytest.fixture
def a_worker(database: None) -> Iterator[None]:
    """A job worker that lives."""
    rows("INSERT INTO public.procrastinate_workers DEFAULT VALUES")
    yield
    rows("DELETE FROM public.procrastinate_workers")


@pytest.fixture
def no_database(settings: Settings, database: None) -> Iterator[None]:
    """Point the platform to a server that is not there."""
    shared_pool(0).clear()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = settings.WORKIX.database_url
        settings.WORKIX = settings.WORKIX.model_copy(
            update={"database_url": replace(address, port=probe.getsockname()[1])}
        )
        yield
    shared_pool(0).clear()


@pytest.mark.requirement("S19")
@pytest.mark.requirement("S30")
def test_a_process_that_can_work_says_so(a_worker: None, anonymous: Api) -> None:
    live, ready = anonymous.get("/health/live"), anonymous.get("/health/ready")
    assert (live.status, live.body) == (200, {"status": "ok"})
    assert (ready.status, ready.body) == (200, {"status": "ok", "checks": dict.fromkeys(NAMES, OK)})
    assert ready.headers["Cache-Control"] == "no-store"


def test_being_alive_asks_no_database(anonymous: Api) -> None:
    assert statements_of(lambda: anonymous.get("/health/live")) == []


@pytest.mark.requirement("S30")
def test_without_the_database_it_lives_but_is_not_ready(no_database: None) -> None:
    live, ready = Api().get("/health/live"), Api().get("/health/ready")
    assert (live.status, ready.status) == (200, 503)
    asked_database = dict.fromkeys(NAMES[2:], failed("unreachable"))
    assert ready.body == {"status": "unavailable", "checks": dict.fromkeys(NAMES[:2], OK) | asked_database}


@pytest.mark.fault("F2")
def test_without_the_roles_of_organizations_it_is_not_ready(acme: Cast, globex: Cast) -> None:
    for cast in (acme, globex):
        role = cast.organization.schema_name
        with roles_locked(alone=True):
            rows(f"ALTER ROLE {role} RENAME TO {role}_lost")
            try:
                ready = Api().get("/health/ready")
                assert (ready.status, ready.body["checks"]["database"]) == (503, failed("roles_missing"))
            finally:
                rows(f"ALTER ROLE {role}_lost RENAME TO {role}")
        assert Api().get("/health/ready").status == 200


def test_being_ready_takes_three_statements_and_looks_at_no_more_than_some_organizations(a_worker: None) -> None:
    statements = [each for check in CHECKS.values() for each in statements_of(check)]
    assert len(statements) == 3
    assert "LIMIT 20" in statements[0]


def test_without_a_worker_it_is_degraded_and_stays_in_the_balancer(a_worker: None, anonymous: Api) -> None:
    rows("UPDATE public.procrastinate_workers SET last_heartbeat = now() - interval '61 seconds'")
    ready = anonymous.get("/health/ready")
    assert (ready.status, ready.body["status"]) == (200, "degraded")
    assert ready.body["checks"]["queue"] == {"status": "degraded", "reason": "no_worker"}


def test_a_migration_of_this_code_that_lacks_is_told(anonymous: Api) -> None:
    rows(
        "UPDATE public.django_migrations SET name = 'of_another_release' WHERE app = 'quotas' AND name = '0001_initial'"
    )
    try:
        ready = anonymous.get("/health/ready")
        assert (ready.status, ready.body["checks"]["migrations"]) == (503, failed("unapplied"))
    finally:
        rows("UPDATE public.django_migrations SET name = '0001_initial' WHERE name = 'of_another_release'")


def test_signing_keys_that_lack_are_told_and_not_what_is_there_instead(settings: Settings, anonymous: Api) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"signing_keys": Secret("no key")})
    ready = anonymous.get("/health/ready")
    assert (ready.status, ready.body["checks"]["signing_keys"]) == (503, failed("missing"))


def test_a_folder_that_can_not_be_written_is_told(settings: Settings, tmp_path: Path, anonymous: Api) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"var": tmp_path / "no_folder" / "var"})
    (tmp_path / "no_folder").touch()
    ready = anonymous.get("/health/ready")
    assert (ready.status, ready.body["checks"]["disk"]) == (503, failed("not_writable"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch, anonymous: Api) -> None:
    full = Path("/dev/full").open("wb", buffering=0)  # noqa: SIM115  # whoever writes closes it
    monkeypatch.setattr(disk, "TemporaryFile", lambda **_: full)
    ready = anonymous.get("/health/ready")
    assert (ready.status, ready.body["checks"]["disk"]) == (503, failed("full"))


def test_a_database_that_does_not_answer_holds_no_probe(monkeypatch: pytest.MonkeyPatch, anonymous: Api) -> None:
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.2)
    with superuser() as behind, behind.transaction():
        behind.execute("LOCK TABLE public.organizations")
        answers = [anonymous.get("/health/ready") for _ in range(3)]
    assert {each.status for each in answers} == {503}
    assert answers[0].body["checks"]["database"] == failed("timed_out")
    wait_for(lambda: anonymous.get("/health/ready").status == 200 or None)


def test_however_many_ask_there_is_one_look_a_second(monkeypatch: pytest.MonkeyPatch, database: None) -> None:
    monkeypatch.setattr(health, "BELIEVED_SECONDS", 600.0)
    first = Api().get("/health/ready").body
    rows("INSERT INTO public.procrastinate_workers DEFAULT VALUES")
    assert [each.body for each in at_once(lambda _: Api().get("/health/ready"), 8)] == [first] * 8
    rows("DELETE FROM public.procrastinate_workers")


def test_a_process_that_is_about_to_end_is_not_ready(anonymous: Api) -> None:
    health.readiness.is_stopping = True
    ready = anonymous.get("/health/ready")
    assert (ready.status, ready.body) == (503, {"status": "stopping", "checks": {}})


@pytest.mark.requirement("S20")
def test_without_the_database_every_call_is_unavailable_and_tells_no_more(no_database: None) -> None:
    body = {"email": "alice@acme.example", "password": "correct horse battery staple"}
    answers = [Api(host="acme.localhost").get("me/"), Api().post("auth/login/", body)]
    for answer in answers:
        answer.body.pop("request_id")
        assert (answer.status, answer.headers["Retry-After"], answer.body) == (
            503,
            "1",
            {
                "type": "https://workix.dev/problems/unavailable",
                "title": "Unavailable",
                "status": 503,
                "code": "unavailable",
                "detail": "The platform can't answer right now. Nothing was changed; try again in a moment.",
            },
        )


def test_sessions_that_the_server_ended_are_opened_again(anonymous: Api) -> None:
    assert anonymous.get("/health/ready").status == 200
    rows(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND usename IN (SELECT rolname FROM pg_roles WHERE rolname ~ '_control$')"
    )
    assert anonymous.get("/health/ready").status == 200
