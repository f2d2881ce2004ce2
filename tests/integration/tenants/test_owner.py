"""Owner statements: they wait for locks briefly and try again, end with their client, and one roll-out runs at a time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import OperationalError, connection

from tenants.isolation import owner
from tests.cast import Cast
from tests.database import _create, _drop, _superuser, another_database, roles_locked, superuser
from tests.environment import CLUSTER, PROJECT, settings_for
from tests.servers import wait_for

LOCK = "ALTER TABLE public.organizations ENABLE ROW LEVEL SECURITY"


@pytest.fixture
def reader(acme: Cast) -> Iterator[psycopg.Connection]:
    """Somebody who looked at the organizations, and has not ended their transaction."""
    with superuser() as behind:
        behind.execute("BEGIN")
        behind.execute("SELECT count(*) FROM public.organizations")
        yield behind
        behind.execute("ROLLBACK")


@pytest.mark.fault("C1")
def test_a_lock_that_is_taken_is_given_way_to_and_asked_for_again(reader: psycopg.Connection) -> None:
    tried = []

    def work() -> str:
        tried.append(1)
        try:
            behind.execute(LOCK)
        except psycopg.errors.LockNotAvailable:
            reader.execute("ROLLBACK")
            raise
        return "done"

    with owner.connect() as behind:
        assert (owner.retried(work), len(tried)) == ("done", 2)


@pytest.mark.fault("C1")
def test_patience_ends_with_the_error_that_stopped_it(reader: psycopg.Connection) -> None:
    with owner.connect() as behind, pytest.raises(psycopg.errors.LockNotAvailable):
        owner.retried(lambda: behind.execute(LOCK), seconds=0)


@pytest.mark.fault("C1")
def test_between_two_tries_there_is_a_pause(acme: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owner, "PAUSE_SECONDS", (0.1, 0.1))
    tried = []

    def work() -> None:
        tried.append(1)
        raise psycopg.errors.LockNotAvailable

    with pytest.raises(psycopg.errors.LockNotAvailable):
        owner.retried(work, seconds=0.25)
    assert 2 <= len(tried) <= 4


@pytest.mark.fault("C1")
@pytest.mark.parametrize(
    ("error", "gives_way"),
    [
        (psycopg.errors.LockNotAvailable(), True),
        (psycopg.errors.DeadlockDetected(), True),
        (psycopg.errors.InternalError_("tuple concurrently updated"), True),
        (psycopg.errors.InternalError_("tuple concurrently deleted"), True),
        (psycopg.errors.InternalError_("something else"), False),
        (psycopg.errors.QueryCanceled(), False),
    ],
)
def test_what_somebody_else_did_at_the_same_time_is_tried_again(error: Exception, gives_way: bool) -> None:
    assert owner.gives_way(error) is gives_way


@pytest.mark.fault("C1")
def test_the_owner_on_the_orms_connection_waits_no_longer(reader: psycopg.Connection) -> None:
    with owner.acting_as_owner(), pytest.raises(OperationalError) as refused:
        connection.cursor().execute(LOCK)
    assert owner.gives_way(refused.value)


@pytest.mark.fault("C1")
def test_no_session_of_the_owner_waits_or_idles_for_ever(acme: Cast) -> None:
    shown = "SELECT name, setting FROM pg_settings WHERE name = ANY (%s) ORDER BY name"
    limits = {
        "client_connection_check_interval": "2000",
        "idle_in_transaction_session_timeout": "60000",
        "idle_session_timeout": "0",
        "lock_timeout": "1000",
    }
    with owner.connect() as session:
        assert dict(session.execute(shown, [list(limits)]).fetchall()) == limits
        assert session.info.get_parameters()["tcp_user_timeout"] == "30000"
    with owner.acting_as_owner(), connection.cursor() as cursor:
        cursor.execute(shown, [list(limits)])
        assert dict(cursor.fetchall()) == limits


def test_what_is_wrong_by_itself_is_not_tried_again(acme: Cast) -> None:
    tried = []
    with owner.connect() as behind, pytest.raises(psycopg.errors.UndefinedTable):
        owner.retried(lambda: (tried.append(1), behind.execute("SELECT FROM nowhere")))
    assert tried == [1]


@pytest.mark.slow
@pytest.mark.fault("C1")
def test_a_statement_that_waits_ends_with_its_client(reader: psycopg.Connection) -> None:
    client = owner.connect()
    client.execute("SET lock_timeout = 0")
    pid = client.info.backend_pid
    client.pgconn.send_query(LOCK.encode())
    with superuser() as behind:
        wait_for(lambda: _state(behind, pid) == ("Lock",) or None)
        client.pgconn.finish()
        wait_for(lambda: _state(behind, pid) is None or None)
    client.close()


def _state(behind: psycopg.Connection, pid: int) -> tuple[str] | None:
    return behind.execute("SELECT wait_event_type FROM pg_stat_activity WHERE pid = %s", [pid]).fetchone()


@pytest.mark.slow
@pytest.mark.fault("C2")
@pytest.mark.parametrize("empty", [True, False], ids=["an empty database", "a migrated one"])
def test_of_three_at_once_one_works_and_the_others_find_nothing_to_do(world: object, empty: bool) -> None:
    name = f"workix_test_three_{os.getpid()}"
    with roles_locked(alone=True), _database(name, empty=empty) as environment:
        command = [sys.executable, str(PROJECT / "manage.py"), "migrate", "--quiet"]
        running = [
            subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.PIPE, text=True) for _ in range(3)
        ]
        said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], said


@contextmanager
def _database(name: str, *, empty: bool) -> Iterator[dict[str, str]]:
    """Make a database for processes of their own: an empty one, or a copy of the migrated one."""
    if not empty:
        with another_database(name) as environment:
            yield environment
        return
    with _superuser("postgres") as behind:
        _create(behind, name, "template1")
        try:
            yield settings_for(CLUSTER, name)
        finally:
            _drop(behind, name)
