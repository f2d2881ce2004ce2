"""The watchdog counts the server's sessions: as the server sees them, under few labels, and while it is the first alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from tenants.isolation import owner
from tenants.isolation.database_roles import control_role, tenant_role
from tenants.watchdog import connecting, counting
from tenants.watchdog.connecting import Watching
from tenants.watchdog.counting import SessionCounts
from tests.cast import Cast
from tests.database import roles_locked
from tests.metrics import value
from tests.servers import PATIENCE_SECONDS

pytestmark = [pytest.mark.isolation, pytest.mark.requirement("S29")]


@pytest.fixture
def watchdog(acme: Cast) -> Iterator[Watching]:
    with roles_locked(alone=False):
        place = connecting.connect(f"counting of {threading.get_native_id()}")
        with place.connection:
            yield place


def told(role: str, state: str, wait: str) -> float:
    return value("workix_database_connections", role=role, state=state, wait=wait)


def is_counted(watchdog: Watching, counts: SessionCounts, *kind: str) -> bool:
    """Count again and again: what was sent is not under way yet, and who answered waits for the next a moment later."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        counts.count(watchdog)
        if told(*kind):
            return True
        time.sleep(0.02)
    return False


def test_sessions_are_counted_by_role_state_and_what_they_wait_for(watchdog: Watching, acme: Cast) -> None:
    role = tenant_role(acme.organization)
    counts, schema = SessionCounts(), acme.organization.schema_name
    with (
        closing(owner.connect(role.address(owner.database()))) as holder,
        closing(owner.connect(role.address(owner.database()))) as waiting,
        closing(owner.connect(control_role().address(owner.database()))),
        closing(owner.connect()),
    ):
        holder.execute("BEGIN")
        holder.execute(f"UPDATE {schema}.users SET first_name = first_name".encode())
        thread = threading.Thread(target=waiting.execute, args=[f"UPDATE {schema}.users SET last_name = 'x'".encode()])
        thread.start()
        try:
            assert is_counted(watchdog, counts, "tenant", "active", "Lock")
            assert is_counted(watchdog, counts, "tenant", "idle_in_transaction", "Client")
            assert is_counted(watchdog, counts, "control", "idle", "Client")
            assert is_counted(watchdog, counts, "owner", "idle", "Client")
            assert is_counted(watchdog, counts, "other", "active", "none")  # the watchdog itself
        finally:
            holder.rollback()
            thread.join()
    counts.count(watchdog)
    assert told("tenant", "active", "Lock") == 0
    counts.forget()
    assert {told(*kind) for kind in counts._told} == {0}


def test_what_a_later_server_brings_is_no_series_of_its_own(
    watchdog: Watching, acme: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "WAITS", ())
    counts = SessionCounts()
    counts.count(watchdog)
    assert {wait for _, _, wait in counts._told} <= {"none", "other"}


def test_a_watchdog_that_is_not_the_first_tells_nothing(watchdog: Watching, acme: Cast) -> None:
    name = watchdog.connection.info.parameter_status("application_name")
    assert name
    counts = SessionCounts()
    second = connecting.connect(name)
    with second.connection:
        counts.count(second)
    assert counts._told == set()


def test_a_count_that_fails_hinders_nothing_and_leaves_nothing_behind(
    watchdog: Watching, acme: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING", "workix.watchdog")
    counts = SessionCounts()
    assert is_counted(watchdog, counts, "other", "active", "none")
    monkeypatch.setattr(counting, "_COUNT", "SELECT 1 / 0")
    counts.count(watchdog)
    assert {told(*kind) for kind in counts._told} == {0}
    assert [record.message for record in caplog.records] == ["watchdog.not_counted"]
