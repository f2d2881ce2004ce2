"""Idle connections: lent to their own role only, under one cap, and never a dead one."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tenants.backend import pool as pool_module
from tenants.backend.pool import NoConnectionFree, Pool, shared_pool
from tests.database import superuser
from tests.metrics import Change
from tests.servers import PATIENCE_SECONDS, wait_for


@pytest.fixture
def opened(database: None) -> Iterator[list[psycopg.Connection]]:
    """Three real connections."""
    connections = [superuser() for _ in range(3)]
    yield connections
    for each in connections:
        each.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "WAIT_SECONDS", 0.05)


def filled(pool: Pool, *lent: tuple[str, psycopg.Connection]) -> Pool:
    for role, _ in lent:
        assert pool.take(role) is None
    for role, connection in lent:
        pool.give_back(role, connection)
    return pool


def test_a_connection_is_lent_again_to_the_role_it_was_opened_for(opened: list[psycopg.Connection]) -> None:
    pool = filled(Pool(2), ("acme", opened[0]))
    assert (pool.take("acme"), len(pool)) == (opened[0], 1)


@pytest.mark.requirement("S12")
def test_a_connection_is_never_lent_to_another_role(opened: list[psycopg.Connection]) -> None:
    pool = filled(Pool(2), ("acme", opened[0]))
    assert (pool.take("globex"), len(pool), opened[0].closed) == (None, 2, False)


def test_what_was_used_last_is_lent_first(opened: list[psycopg.Connection]) -> None:
    pool = filled(Pool(3), *(("acme", each) for each in opened))
    assert [pool.take("acme") for _ in range(3)] == opened[::-1]


def test_at_the_cap_what_was_idle_longest_makes_room(opened: list[psycopg.Connection]) -> None:
    pool = filled(Pool(2), ("acme", opened[0]), ("globex", opened[1]))
    assert (pool.take("initech"), len(pool)) == (None, 2)
    assert [each.closed for each in opened] == [True, False, False]
    assert pool.take("globex") is opened[1]


def test_who_finds_every_connection_in_use_waits_for_the_next(opened: list[psycopg.Connection]) -> None:
    pool = Pool(1)
    assert pool.take("acme") is None
    asks = threading.Event()

    def wait() -> psycopg.Connection | None:
        asks.set()
        return pool.take("acme")

    with ThreadPoolExecutor(1) as crowd:
        waiting = crowd.submit(wait)
        asks.wait()
        pool.give_back("acme", opened[0])
        assert waiting.result(timeout=PATIENCE_SECONDS) is opened[0]


@pytest.mark.fault("F6")
def test_connections_are_handed_out_in_the_order_of_asking(database: None) -> None:
    """Whoever gives one back and asks again at once, stands behind all who wait."""
    pool, order = Pool(1), []
    assert pool.take("acme") is None

    def work(name: str, role: str) -> None:
        connection = pool.take(role)
        order.append(name)
        pool.give_back(role, connection or superuser())

    with ThreadPoolExecutor(8) as crowd:
        waiting = []
        for place, role in enumerate(("globex", "acme", "globex", "initech", "acme"), 1):
            waiting.append(crowd.submit(work, str(place), role))
            wait_for(lambda: pool.waiting == place or None)  # noqa: B023
        pool.give_back("acme", superuser())
        work("last", "acme")
        for each in waiting:
            each.result()
    assert order == ["1", "2", "3", "4", "5", "last"]
    assert (len(pool), pool.waiting, pool.idle) == (1, 0, 1)
    pool.clear()


@pytest.mark.fault("F6")
def test_a_crowd_of_threads_is_served_to_the_last_without_opening_too_many(database: None) -> None:
    """Sixteen threads, eight organizations, three connections: nobody is refused, and nothing is lost."""
    pool, most = Pool(3), []

    def ask(number: int) -> int:
        role = f"role {number % 8}"
        connection = pool.take(role)
        most.append(len(pool))
        pool.give_back(role, connection or superuser())
        return number

    with ThreadPoolExecutor(16) as crowd:
        assert list(crowd.map(ask, range(400))) == list(range(400))
    assert (max(most), len(pool), pool.idle, pool.waiting) == (3, 3, 3, 0)
    pool.clear()
    assert len(pool) == 0


def test_who_gave_up_waiting_stands_in_nobodys_way(impatient: None, opened: list[psycopg.Connection]) -> None:
    pool = Pool(1)
    assert pool.take("acme") is None
    with pytest.raises(NoConnectionFree):
        pool.take("globex")
    assert pool.waiting == 0
    pool.give_back("acme", opened[0])
    assert (pool.take("acme"), len(pool)) == (opened[0], 1)


def test_who_waits_too_long_gets_an_error(impatient: None) -> None:
    pool = Pool(1)
    assert pool.take("acme") is None
    with (
        Change("workix_connection_waits_total", outcome="none_free") as refused,
        pytest.raises(NoConnectionFree) as caught,
    ):
        pool.take("acme")
    assert refused.by == 1
    assert str(caught.value) == "Every database connection of this process is in use."
    pool.release()
    assert pool.take("acme") is None


def test_a_connection_the_server_has_ended_is_not_lent(opened: list[psycopg.Connection]) -> None:
    pool = filled(Pool(3), ("acme", opened[0]), ("acme", opened[1]))
    opened[2].execute("SELECT pg_terminate_backend(%s, 5000)", [opened[1].info.backend_pid])
    assert (pool.take("acme"), len(pool), opened[1].closed) == (opened[0], 1, True)
    assert (pool.take("acme"), len(pool)) == (None, 2)


def test_a_connection_that_was_closed_while_idle_is_not_lent(opened: list[psycopg.Connection]) -> None:
    pool = filled(Pool(3), ("acme", opened[0]))
    opened[0].close()
    assert (pool.take("acme"), len(pool)) == (None, 1)


def test_a_connection_in_the_middle_of_something_is_not_kept(opened: list[psycopg.Connection]) -> None:
    pool = Pool(3)
    assert [pool.take("acme"), pool.take("acme")] == [None, None]
    opened[0].execute("BEGIN")
    pool.give_back("acme", opened[0])
    opened[1].close()
    pool.give_back("acme", opened[1])
    assert (opened[0].closed, len(pool), pool.take("acme")) == (True, 0, None)


def test_clearing_closes_what_is_idle_and_nothing_else(opened: list[psycopg.Connection]) -> None:
    pool = filled(Pool(3), ("acme", opened[0]), ("globex", opened[1]))
    assert pool.take("acme") is opened[0]
    pool.clear()
    assert ([each.closed for each in opened], len(pool)) == ([False, True, False], 1)


def test_a_forked_child_starts_with_an_empty_pool(opened: list[psycopg.Connection]) -> None:
    """The sockets are its parent's: two processes that speak over one would read each other's answers."""
    pool = shared_pool(20)
    assert pool.take("a role of this test") is None
    pool.give_back("a role of this test", opened[0])
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, f"{len(pool)} {pool.take('a role of this test')}".encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        assert pipe.read() == "0 None"
    assert pool.take("a role of this test") is opened[0]
    assert opened[0].execute("SELECT 1").fetchone() == (1,)
    pool.release()


def test_a_process_has_one_pool() -> None:
    assert shared_pool(1) is shared_pool(2)
