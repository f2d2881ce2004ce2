"""Fixtures of pytest that everybody shares: the database, the cast, and speaking to the API."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection

from accounts.login import hashers
from audit import coalescing
from tenants import resolution
from tenants.backend import pool
from tenants.backend.pool import shared_pool
from tenants.isolation.owner import acting_as_owner
from tenants.jobs.known_jobs import declare_jobs
from tenants.resolution import forget_all
from tests import cast
from tests.browsers import Browser
from tests.cast import Api, Cast
from tests.database import Baseline, create_database, roles_locked
from workix.core.current import Context, Current
from workix.observability import health, readings


@pytest.fixture(scope="session", autouse=True)
def _own_connections(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Let tests use the database as the product does; pytest-django would have them share one connection."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's own fixture
        yield


@pytest.fixture(scope="session", autouse=True)
def _nobody_is_in_a_hurry() -> Iterator[None]:
    """Let nothing that is known expire in the middle of a test, and nobody give up: a busy machine stands still for seconds."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name in (
            (resolution, "BELIEVED_SECONDS"),
            (pool, "WAIT_SECONDS"),
            (hashers, "WAIT_SECONDS"),
            (health, "PATIENCE_SECONDS"),
            (readings, "ANSWER_SECONDS"),
        ):
            patch.setattr(module, name, 600)
        yield


@pytest.fixture(scope="session")
def world() -> Iterator[tuple[Cast, Cast, Baseline]]:
    """Open Acme and Globex once for each worker."""
    create_database()
    with acting_as_owner("public"):
        declare_jobs()  # those that tests made
    acme, globex = cast.open_acme(), cast.open_globex()
    baseline = Baseline()
    yield acme, globex, baseline
    baseline.close()
    shared_pool(0).clear()


@pytest.fixture
def database(world: tuple[Cast, Cast, Baseline]) -> Iterator[None]:
    """Use the database; every row is as before after the test."""
    mail.outbox = []
    forget_all()
    coalescing.forget()
    yield
    world[2].restore()
    forget_all()


@pytest.fixture(autouse=True)
def _no_scope_is_left_behind() -> Iterator[None]:
    """No organization is in scope before or after a test."""
    assert _scope() == (None, Context())
    yield
    assert _scope() == (None, Context())


def _scope() -> tuple[object, Context]:
    return connection.database_role, Current.context  # type: ignore[attr-defined]  # our own backend


@pytest.fixture
def acme(world: tuple[Cast, Cast, Baseline], database: None) -> Cast:
    return _as_it_was(world[0])


@pytest.fixture
def globex(world: tuple[Cast, Cast, Baseline], database: None) -> Cast:
    return _as_it_was(world[1])


def _as_it_was(kept: Cast) -> Cast:
    """Hand out copies: what a test makes of them is nothing for the next one."""
    return Cast(copy(kept.organization), {name: copy(user) for name, user in kept.people.items()})


@pytest.fixture
def anonymous(database: None) -> Api:
    return Api()


@pytest.fixture
def alice(acme: Cast) -> Api:
    return cast.api_of(acme, "alice")


@pytest.fixture
def bob(acme: Cast) -> Api:
    return cast.api_of(acme, "bob")


@pytest.fixture
def vera(acme: Cast) -> Api:
    return cast.api_of(acme, "vera")


@pytest.fixture
def gina(globex: Cast) -> Api:
    return cast.api_of(globex, "gina")


@pytest.fixture
def otto(database: None) -> Browser:
    """Sit the operator down at the console."""
    cast.hire_otto()
    browser = Browser()
    assert browser.log_in(cast.OTTO).goes_to == "/admin/"
    return browser


@pytest.fixture
def mallory(globex: Cast) -> Api:
    return cast.api_of(globex, "mallory")


@pytest.fixture
def run_jobs(database: None) -> Callable[[], None]:
    """Do every job that waits, as the worker does."""

    def run() -> None:
        with roles_locked(alone=False):
            call_command("run_worker", "--once")

    return run
