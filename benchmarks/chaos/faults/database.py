"""Faults of the database: restarted, away, frozen, locked, slow, and without a connection to spare."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psutil
import psycopg
from psycopg import sql

from benchmarks.chaos.faults.fault import Fault
from benchmarks.chaos.installation import Installation
from benchmarks.chaos.load import Load
from devserver.postgres.location import locate
from devserver.postgres.postmaster import find_postmaster

AWAY_SECONDS = 10
#: Waits longer than any statement of an organization may take (tenants/plans.py).
_SLOW = """
    CREATE FUNCTION public.chaos_slow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
    $$ BEGIN PERFORM pg_sleep(120); RETURN NEW; END $$"""
_END_SESSIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename ~ '^(org_|workix)'"


def restart(installation: Installation, load: Load) -> list[str]:
    """Stop the server at once, ending every session, and start it, twice."""
    with _the_same_processes(installation) as broken:
        for _ in range(2):
            installation.postgres.stop()
            installation.postgres.start()
            load.await_progress()
    return broken


def outage(installation: Installation, load: Load) -> list[str]:
    with _the_same_processes(installation) as broken:
        installation.postgres.stop()
        time.sleep(AWAY_SECONDS)
        if installation.health() != (200, 503):
            broken.append("health did not say: live, and not ready")
        installation.postgres.start()
        load.await_progress()
    return broken


def crash(installation: Installation, load: Load) -> list[str]:
    """Kill (-9) the server's first process with all its children, as a machine does that loses power."""
    with _the_same_processes(installation) as broken:
        for process in _server_processes(installation):
            process.kill()
        installation.postgres.start()
        load.await_progress()
    return broken


def freeze(installation: Installation, load: Load) -> list[str]:
    """Stop every process of the server where it is (SIGSTOP): connections stay open, and nobody answers."""
    with _the_same_processes(installation) as broken:
        frozen = _server_processes(installation)
        for process in frozen:
            process.suspend()
        time.sleep(AWAY_SECONDS)
        for process in frozen:
            process.resume()
        load.await_progress()
    return broken


def lock(installation: Installation, load: Load) -> list[str]:
    """Hold the lock of a migration on the table of people."""
    with _the_same_processes(installation) as broken:
        with installation.superuser() as database, database.transaction():
            database.execute(sql.SQL("LOCK TABLE {}.users IN ACCESS EXCLUSIVE MODE").format(_schema(installation)))
            time.sleep(AWAY_SECONDS)
        load.await_progress()
    return broken


def slow(installation: Installation, load: Load) -> list[str]:
    """Have every change of a person take two minutes, until statement_timeout ends it."""
    with _the_same_processes(installation) as broken, installation.superuser() as database:
        database.execute(_SLOW)
        trigger = (
            "CREATE TRIGGER chaos_slow BEFORE UPDATE ON {}.users FOR EACH ROW EXECUTE FUNCTION public.chaos_slow()"
        )
        database.execute(sql.SQL(trigger).format(_schema(installation)))
        refused = load.statuses[503]
        deadline = time.monotonic() + 90
        while load.statuses[503] < refused + 3 and time.monotonic() < deadline:
            time.sleep(0.1)
        database.execute("SET lock_timeout = 0; DROP FUNCTION public.chaos_slow() CASCADE")
        load.await_progress()
    return broken


def exhaustion(installation: Installation, load: Load) -> list[str]:
    """Have somebody else take every connection of the server, those kept for superusers too."""
    with _the_same_processes(installation) as broken:
        with ExitStack() as taken:
            until = time.monotonic() + AWAY_SECONDS
            database = taken.enter_context(installation.superuser())
            while time.monotonic() < until:
                _take_all(installation, taken)
                database.execute(_END_SESSIONS)
        load.await_progress()
    return broken


def _take_all(installation: Installation, taken: ExitStack) -> None:
    try:
        while True:
            taken.enter_context(installation.superuser())
    except psycopg.OperationalError:
        time.sleep(0.2)


def _schema(installation: Installation) -> sql.Identifier:
    return sql.Identifier(installation.schema)


def _server_processes(installation: Installation) -> list[psutil.Process]:
    (data,) = locate(installation.folder / "data" / "postgres").glob("data-*")
    pid = find_postmaster(data)
    assert pid is not None
    first = psutil.Process(pid)
    return [first, *first.children(recursive=True)]


@contextmanager
def _the_same_processes(installation: Installation) -> Iterator[list[str]]:
    """Note as broken when a web process ended: what the database does is no reason to start anew."""
    broken: list[str] = []
    before = [process.pid for number in (0, 1) for process in installation.web_processes(number)]
    yield broken
    if before != [process.pid for number in (0, 1) for process in installation.web_processes(number)]:
        broken.append("a web process ended")


FAULTS = (
    Fault("restart", "PostgreSQL is restarted twice", restart, refuses=True, repeats=True),
    Fault("outage", f"PostgreSQL is away for {AWAY_SECONDS} s", outage, refuses=True, repeats=True),
    Fault("crash", "kill -9 of PostgreSQL", crash, refuses=True, repeats=True),
    Fault("freeze", f"PostgreSQL does not move for {AWAY_SECONDS} s (SIGSTOP)", freeze),
    Fault("lock", f"The table of people is locked for {AWAY_SECONDS} s", lock, refuses=True),
    Fault("slow", "A statement takes two minutes", slow, refuses=True),
    Fault(
        "exhaustion", "Every connection of the server is taken, ours are ended", exhaustion, refuses=True, repeats=True
    ),
)
