"""A connection is given back as it began: what an injected SELECT changed of its session is gone for the next request."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from tenants.backend.pool import shared_pool
from tenants.isolation.roles import MEMBERSHIP_OPTIONS_SINCE
from tenants.isolation.server_capabilities import server_capabilities
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Cast
from tests.database import roles_locked, superuser

pytestmark = [pytest.mark.isolation, pytest.mark.fault("D11")]

OPENED = (
    "set_config(text, text, boolean)", "pg_advisory_lock(bigint)", "pg_advisory_unlock_all()",
)  # fmt: skip
CHANGES = {
    "statement_timeout": "SELECT set_config('statement_timeout', '0', false)",
    "search_path": "SELECT set_config('search_path', 'public', false)",
    "default_transaction_read_only": "SELECT set_config('default_transaction_read_only', 'on', false)",
    "workix.context": "SELECT set_config('workix.context', '{}', false)",
    "TimeZone": "SELECT set_config('TimeZone', 'Asia/Tokyo', false)",
    "DateStyle": "SELECT set_config('DateStyle', 'German, DMY', false)",
}


@pytest.fixture
def not_hardened(acme: Cast) -> Iterator[Cast]:
    """Open of pg_catalog what a managed server leaves open."""
    with roles_locked(alone=True), superuser() as behind:
        for function in OPENED:
            behind.execute(f"GRANT EXECUTE ON FUNCTION pg_catalog.{function} TO PUBLIC")
        server_capabilities.cache_clear()
        shared_pool(0).clear()
        yield acme
        for function in OPENED:
            behind.execute(f"REVOKE EXECUTE ON FUNCTION pg_catalog.{function} FROM PUBLIC")
        server_capabilities.cache_clear()
        shared_pool(0).clear()


def ask(cast: Cast, statement: str) -> tuple[object, ...]:
    """Run one statement in a scope of its own; return its answer, and the process that gave it."""
    with use_tenant(cast.organization), connection.cursor() as cursor:
        cursor.execute(statement)
        return (*cursor.fetchone(), connection.connection.info.backend_pid)


@pytest.mark.parametrize(("name", "change"), CHANGES.items(), ids=CHANGES)
def test_a_setting_that_a_select_changed_is_as_before_in_the_next_scope(
    not_hardened: Cast, name: str, change: str
) -> None:
    show = f"SELECT coalesce(current_setting('{name}', true), '')"
    before = ask(not_hardened, show)
    with use_tenant(not_hardened.organization), connection.cursor() as cursor:
        cursor.execute(change)
        cursor.execute(show)
        assert cursor.fetchone() != before[:1]
    assert ask(not_hardened, show) == before


def test_a_lock_of_the_session_is_gone(not_hardened: Cast) -> None:
    _, pid = ask(not_hardened, "SELECT pg_advisory_lock(7)")
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = %(pid)s"
    assert (rows(held, pid=pid), ask(not_hardened, "SELECT 1")) == ([(0,)], (1, pid))


def test_another_role_is_not_kept(not_hardened: Cast) -> None:
    """On 16 the group can't be taken at all."""
    take = "SELECT set_config('role', 'workix_test_tenants', false)"
    if server_capabilities().version >= MEMBERSHIP_OPTIONS_SINCE:
        with pytest.raises(Exception, match="permission denied to set role"):
            ask(not_hardened, take)
    else:
        ask(not_hardened, take)
    assert ask(not_hardened, "SELECT current_user")[0] == not_hardened.organization.schema_name


def test_a_session_that_can_not_be_reset_is_closed(not_hardened: Cast) -> None:
    _, pid = ask(not_hardened, "SELECT 1")
    with superuser() as behind:
        behind.execute("REVOKE EXECUTE ON FUNCTION pg_catalog.pg_advisory_unlock_all() FROM PUBLIC")
    ask(not_hardened, "SELECT 1")
    assert ask(not_hardened, "SELECT 1")[1] != pid


def test_where_no_select_can_change_a_session_nothing_is_asked(acme: Cast) -> None:
    with use_tenant(acme.organization), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        physical = connection.connection
    server_capabilities()
    with use_tenant(acme.organization), connection.cursor() as cursor:
        cursor.execute("SELECT 2")
        assert connection.connection is physical
    said = rows("SELECT query FROM pg_stat_activity WHERE pid = %(pid)s", pid=physical.info.backend_pid)
    assert said == [("SELECT 2",)]
