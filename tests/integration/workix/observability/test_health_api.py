"""/health/live and /health/ready."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytest_django.fixtures import Settings

from tenants.backend.pool import shared_pool
from tests.acts import rows, statements_of
from tests.cast import Api, Cast
from tests.database import roles_locked


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
def test_a_process_that_can_work_says_so(anonymous: Api) -> None:
    live, ready = anonymous.get("/health/live"), anonymous.get("/health/ready")
    assert (live.status, live.body) == (200, {"status": "ok"})
    assert (ready.status, ready.body) == (200, {"status": "ok", "checks": {"database": "ok"}})
    assert ready.headers["Cache-Control"] == "no-store"


def test_being_alive_asks_no_database(anonymous: Api) -> None:
    assert statements_of(lambda: anonymous.get("/health/live")) == []


@pytest.mark.requirement("S30")
def test_without_the_database_it_lives_but_is_not_ready(no_database: None) -> None:
    live, ready = Api().get("/health/live"), Api().get("/health/ready")
    assert (live.status, ready.status) == (200, 503)
    assert ready.body == {"status": "unavailable", "checks": {"database": "failed"}}


@pytest.mark.fault("F2")
def test_without_the_roles_of_organizations_it_is_not_ready(acme: Cast, globex: Cast) -> None:
    for cast in (acme, globex):
        role = cast.organization.schema_name
        with roles_locked(alone=True):
            rows(f"ALTER ROLE {role} RENAME TO {role}_lost")
            try:
                ready = Api().get("/health/ready")
                assert (ready.status, ready.body["checks"]) == (503, {"database": "failed"})
            finally:
                rows(f"ALTER ROLE {role}_lost RENAME TO {role}")
        assert Api().get("/health/ready").status == 200


def test_being_ready_takes_one_statement_and_looks_at_no_more_than_some_organizations(anonymous: Api) -> None:
    (statement,) = statements_of(lambda: anonymous.get("/health/ready"))
    assert "LIMIT 20" in statement


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
