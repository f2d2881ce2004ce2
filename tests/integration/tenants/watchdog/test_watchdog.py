"""The watchdog: a hostile session of each kind is ended and on the trail, and one that behaves is left alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace

import psycopg
import pytest
from psycopg import sql

from tenants.backend.pool import shared_pool
from tenants.isolation import owner
from tenants.isolation.database_roles import tenant_role
from tenants.plans import SHARES, Plan, Share
from tenants.watchdog import connecting
from tenants.watchdog.aftermath import follow_up
from tenants.watchdog.connecting import Watching
from tenants.watchdog.looking import Ended, end_sessions
from tenants.watchdog.watching import watching
from tests.acts import rows
from tests.cast import Cast
from tests.database import roles_locked, superuser
from tests.servers import PATIENCE_SECONDS

pytestmark = [pytest.mark.isolation]

#: Plans of no time at all: whatever goes on when the watchdog looks is beyond them.
NOTHING = Share(40, statement=0, lock=0, idle_in_transaction=0, transaction=0, temp_megabytes=1024)
ENDLESS = "SELECT count(*) FROM generate_series(1, 99999) AS a, generate_series(1, 99999) AS b"
RECURSIVE = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
SORTED = (
    "SELECT count(*) FROM (SELECT i, repeat('x', 100) FROM generate_series(1, 100000000) AS i ORDER BY 1 DESC) AS s"
)


@pytest.fixture
def watchdog(acme: Cast, globex: Cast) -> Iterator[Watching]:
    with roles_locked(alone=False):
        place = connecting.connect(f"watchdog of {threading.get_native_id()}")
        with place.connection:
            yield place


@contextmanager
def session(cast: Cast) -> Iterator[psycopg.Connection]:
    """Log in as the organization's role, and lift every limit that it may lift."""
    with closing(owner.connect(tenant_role(cast.organization).address(owner.database()))) as raw:
        raw.execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET lock_timeout = 0")
        raw.execute("SET work_mem = '1MB'")
        yield raw


def looks_until(place: Watching, pid: int, shares: Share, *, grace: float = 0.05, hindering: float = 0.05) -> Ended:
    """Look as the worker does, only more often, until the session is ended."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for ended in end_sessions(
            place.connection,
            dict.fromkeys(Plan, shares),
            sees_temp_files=not place.as_owner,
            grace=grace,
            hindering=hindering,
        ):
            if ended.pid == pid:
                return ended
        time.sleep(0.02)
    raise AssertionError("The session is still there.")


@contextmanager
def asking(raw: psycopg.Connection, statement: str | sql.Composed) -> Iterator[None]:
    """Have a statement under way inside the block; what is left of it is cancelled after."""

    def ask() -> None:
        with suppress(psycopg.Error):
            raw.execute(statement)  # type: ignore[arg-type]  # ours

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield
    finally:
        with suppress(psycopg.Error):
            raw.cancel()
        thread.join()


ROOM = replace(SHARES[Plan.FREE], temp_megabytes=1)
HOSTILE: dict[str, tuple[tuple[str, ...], Share, str]] = {
    "a statement without an end": ((ENDLESS,), NOTHING, "statement"),
    "endless recursion": ((RECURSIVE,), ROOM, "temporary_files"),
    "temporary files": ((SORTED,), ROOM, "temporary_files"),
    "a transaction left open": (
        ("BEGIN", "SELECT 1"), replace(NOTHING, statement=900, transaction=900), "idle_in_transaction",
    ),
    "short statements in an endless transaction": (
        ("BEGIN", "SELECT 1"), replace(NOTHING, statement=900, idle_in_transaction=900), "transaction",
    ),
    "a lock on a table": (("BEGIN", "LOCK TABLE users IN ACCESS SHARE MODE"), SHARES[Plan.FREE], "foreign_statement"),
    "a flood of NOTIFY": (('NOTIFY "procrastinate_any_queue_v1"',), SHARES[Plan.FREE], "foreign_statement"),
    "listening": (("LISTEN anything",), SHARES[Plan.FREE], "foreign_statement"),
}  # fmt: skip


@pytest.mark.parametrize(("statements", "share", "reason"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_session_is_ended(
    watchdog: Watching, acme: Cast, statements: tuple[str, ...], share: Share, reason: str
) -> None:
    with session(acme) as hostile:
        *before, last = statements
        for statement in before:
            hostile.execute(statement)
        with asking(hostile, last):
            ended = looks_until(watchdog, hostile.info.backend_pid, share)
        with pytest.raises(psycopg.OperationalError):
            hostile.execute("SELECT 1")
    assert (ended.reason, ended.organization_id) == (reason, acme.organization.id)


def test_an_advisory_lock_is_nobodys_to_hold(watchdog: Watching, acme: Cast) -> None:
    function = "pg_catalog.pg_try_advisory_lock(bigint)"
    rows(f"GRANT EXECUTE ON FUNCTION {function} TO {acme.organization.schema_name}")
    try:
        with session(acme) as hostile:
            hostile.execute("SELECT /* looks like nothing */ pg_try_advisory_lock(7)")
            hostile.execute("SELECT 1")
            ended = looks_until(watchdog, hostile.info.backend_pid, SHARES[Plan.FREE])
    finally:
        rows(f"REVOKE EXECUTE ON FUNCTION {function} FROM {acme.organization.schema_name}")
    assert ended.reason == "advisory_lock"


def test_who_makes_another_role_wait_is_ended_and_who_makes_only_themselves_wait_is_not(
    watchdog: Watching, acme: Cast
) -> None:
    change = "UPDATE users SET first_name = first_name"
    with session(acme) as holder, session(acme) as own:
        holder.execute("BEGIN")
        holder.execute(change)
        with asking(own, change):
            time.sleep(0.15)
            assert watchdog_sees_nothing(watchdog, hindering=0.05)
            with closing(superuser()) as other:
                other.execute("BEGIN")
                table = sql.Identifier(acme.organization.schema_name, "users")
                with asking(other, sql.SQL("LOCK TABLE {} IN SHARE MODE").format(table)):
                    assert looks_until(watchdog, holder.info.backend_pid, SHARES[Plan.FREE]).reason == "hindering"


def watchdog_sees_nothing(place: Watching, **options: float) -> bool:
    return end_sessions(place.connection, sees_temp_files=not place.as_owner, **options) == []


def test_of_more_sessions_than_a_plan_has_the_latest_go(watchdog: Watching, acme: Cast) -> None:
    with ExitStack() as stack:
        shared_pool(0).clear()
        opened = [stack.enter_context(session(acme)) for _ in range(3)]
        pids = [each.info.backend_pid for each in opened]
        found = end_sessions(
            watchdog.connection, dict.fromkeys(Plan, replace(NOTHING, connections=2)), sees_temp_files=False, grace=9,
            among=[acme.organization.schema_name],
        )  # fmt: skip
        assert (pids[2] in [each.pid for each in found], {each.reason for each in found}) == (True, {"connections"})


def test_what_keeps_to_its_plan_goes_on(watchdog: Watching, acme: Cast, globex: Cast) -> None:
    """Another organization's session, an idle one, a transaction with a statement under way, and the owner's own."""
    with session(acme) as working, session(globex), owner.connect() as ours:
        ours.execute("BEGIN")
        working.execute("BEGIN")
        working.execute("UPDATE users SET first_name = first_name")
        assert watchdog_sees_nothing(watchdog)
        assert (
            end_sessions(watchdog.connection, dict.fromkeys(Plan, NOTHING), sees_temp_files=False, grace=0, among=[])
            == []
        )
        working.execute("COMMIT")
        nothing = dict.fromkeys(Plan, NOTHING)
        assert end_sessions(watchdog.connection, nothing, sees_temp_files=True, grace=0) == []
        assert ours.execute("SELECT 1").fetchone() == (1,)


def test_of_two_watchdogs_one_ends_sessions(watchdog: Watching, acme: Cast) -> None:
    name = watchdog.connection.info.parameter_status("application_name")
    assert name
    with connecting.connect(name).connection as second, session(acme) as hostile:
        hostile.execute("BEGIN")
        hostile.execute("SELECT 1")
        time.sleep(0.01)
        nothing = dict.fromkeys(Plan, NOTHING)
        assert end_sessions(second, nothing, sees_temp_files=True, grace=0) == []
        watchdog.connection.close()
        until = time.monotonic() + PATIENCE_SECONDS
        while not (found := end_sessions(second, nothing, sees_temp_files=True, grace=0)):
            assert time.monotonic() < until
        assert found[0].pid == hostile.info.backend_pid


@pytest.mark.fault("H2")
def test_the_loop_ends_a_session_writes_the_trail_and_puts_the_role_right(acme: Cast) -> None:
    role = tenant_role(acme.organization)
    with roles_locked(alone=True), watching(), session(acme) as hostile:
        hostile.execute(sql.SQL("ALTER ROLE {} PASSWORD 'mine'").format(sql.Identifier(role.name)))
        hostile.execute(sql.SQL("ALTER ROLE {} SET statement_timeout = 0").format(sql.Identifier(role.name)))
        hostile.execute("LISTEN anything")
        until = time.monotonic() + PATIENCE_SECONDS
        while not (entries := rows("SELECT changes FROM audit_logs WHERE action = 'database_session.ended'", acme)):
            assert time.monotonic() < until
            time.sleep(0.05)
    assert [entry["reason"] for (entry,) in entries] == ["foreign_statement"]
    owner.connect(role.address(owner.database())).close()  # with the password that is derived
    kept = "SELECT 'statement_timeout=30s' = ANY (setconfig) FROM pg_db_role_setting WHERE setrole = %(role)s::regrole"
    assert rows(kept, role=role.name) == [(True,)]


@pytest.mark.parametrize(
    ("take", "give"),
    [
        ("REVOKE pg_signal_backend FROM {}", "GRANT pg_signal_backend TO {}"),
        ("REVOKE SELECT ON pg_catalog.pg_stat_activity FROM {}", "GRANT SELECT ON pg_catalog.pg_stat_activity TO {}"),
    ],
)
def test_where_the_watchdog_may_not_the_owner_does_by_membership(acme: Cast, take: str, give: str) -> None:
    with roles_locked(alone=True):
        rows(take.format("workix_test_watchdog"))
        try:
            place = connecting.connect("watchdog by membership")
            with place.connection, session(acme) as hostile:
                hostile.execute("BEGIN")
                hostile.execute("SELECT 1")
                left_open = replace(NOTHING, statement=900, transaction=900)
                ended = looks_until(place, hostile.info.backend_pid, left_open)
        finally:
            rows(give.format("workix_test_watchdog"))
            with owner.connect() as ours:
                for (role,) in rows("SELECT schema_name FROM organizations ORDER BY 1"):
                    ours.execute(sql.SQL("REVOKE {} FROM CURRENT_USER").format(sql.Identifier(role)))
    assert (place.as_owner, ended.reason) == (True, "idle_in_transaction")


def test_an_organization_that_is_gone_leaves_nothing_to_follow_up(acme: Cast) -> None:
    follow_up(Ended(1, acme.people["alice"].id, "statement", 1.0))
    assert rows("SELECT id FROM audit_logs WHERE action = 'database_session.ended' ORDER BY id", acme) == []
