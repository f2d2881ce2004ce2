"""Entering one organization after another never shows the one to the other, whatever was left behind."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from accounts.models import User
from tenants.backend import pool as pools
from tenants.backend.base import NoScope, ScopeChangeInTransaction
from tenants.backend.connection_cap import connection_cap
from tenants.backend.pool import NoConnectionFree, Pool, shared_pool
from tenants.isolation.database_roles import DatabaseRole, RoleKind
from tenants.scope import use_nothing, use_platform, use_tenant
from tenants.slugs import schema_of
from tests.cast import Cast
from tests.database import superuser

pytestmark = pytest.mark.isolation

THREADS, SWITCHES = 8, 100
T = TypeVar("T")


@pytest.fixture
def pool(database: None, monkeypatch: pytest.MonkeyPatch) -> Pool:
    """The pool of this process, empty, and with the cap as it was after the test."""
    shared = shared_pool(connection_cap())
    shared.clear()
    monkeypatch.setattr(shared, "cap", shared.cap)
    return shared


def test_interleaved_threads_never_see_a_foreign_row(acme: Cast, globex: Cast, pool: Pool) -> None:
    casts = [(cast, sorted(user.email for user in cast.people.values())) for cast in (acme, globex)]

    def switch(thread: int) -> list[str]:
        wrong = []
        for turn in range(SWITCHES):
            cast, expected = casts[(thread + turn) % 2]
            with use_tenant(cast.organization):
                found = sorted(User.objects.values_list("email", flat=True))
                if found != expected or _one("SELECT session_user::text") != cast.organization.schema_name:
                    wrong.append(f"thread {thread}, turn {turn}: {found}")
        return wrong

    assert _in_threads(switch, THREADS) == [[] for _ in range(THREADS)]
    assert len(pool) <= pool.cap


def test_interleaved_writes_land_where_they_belong(acme: Cast, globex: Cast) -> None:
    def write(thread: int) -> list[str]:
        cast = (acme, globex)[thread % 2]
        for turn in range(SWITCHES // 5):
            with use_tenant(cast.organization), transaction.atomic():
                list(User.objects.order_by("id").select_for_update())  # in one order, or the writers deadlock
                User.objects.update(last_name=f"{cast.organization.slug} {turn}")
        return []

    _in_threads(write, THREADS)
    for cast in (acme, globex):
        with use_tenant(cast.organization):
            names = set(User.objects.values_list("last_name", flat=True))
            assert names == {f"{cast.organization.slug} {SWITCHES // 5 - 1}"}


LEFT_BEHIND = {
    "a search_path": ("SET search_path = pg_catalog", "SHOW search_path"),
    "a time limit": ("SET statement_timeout = '7h'", "SHOW statement_timeout"),
    "a read-only session": ("SET default_transaction_read_only = on", "SHOW default_transaction_read_only"),
    "a context for the trail": ("SET workix.context = '{}'", "SELECT current_setting('workix.context', true)"),
    "a role": ("SET ROLE <mine>", "SELECT current_user::text"),
    "a time zone": ("SET TimeZone = 'Asia/Tokyo'", "SHOW TimeZone"),
}


@pytest.mark.parametrize(("leave", "look"), LEFT_BEHIND.values(), ids=LEFT_BEHIND)
def test_what_one_leaves_behind_does_not_reach_the_other(acme: Cast, globex: Cast, leave: str, look: str) -> None:
    with use_tenant(acme.organization):
        before = _one(look)
    with use_tenant(globex.organization):
        unchanged = _one(look)
        _do(leave.replace("<mine>", globex.organization.schema_name))
        assert _one(look) != unchanged or "ROLE" in leave
    with use_tenant(acme.organization):
        assert _one(look) == before
    with use_platform():
        assert _one("SELECT count(*) FROM organizations") == 2
    _close_all(globex)


def test_prepared_statements_and_cursors_stay_where_they_were_made(acme: Cast, globex: Cast) -> None:
    with use_tenant(globex.organization):
        _do("PREPARE left_behind AS SELECT 'of globex'")
        _do("DECLARE held CURSOR WITH HOLD FOR SELECT 'of globex'")
        assert _one("EXECUTE left_behind") == _one("FETCH held") == "of globex"
    with use_tenant(acme.organization):
        for statement in ("EXECUTE left_behind", "FETCH held"):
            with pytest.raises(DatabaseError, match="does not exist"):
                _do(statement)
    _close_all(globex)


def test_nobody_becomes_somebody_else_on_the_way(acme: Cast, globex: Cast) -> None:
    for statement in ("SET ROLE {theirs}", "SET SESSION AUTHORIZATION {theirs}", "SET search_path = {theirs}"):
        with use_tenant(globex.organization):
            try:
                _do(statement.format(theirs=acme.organization.schema_name))
            except DatabaseError as error:
                assert "permission denied" in str(error)  # noqa: PT017  # one of the three is no error
            with pytest.raises(DatabaseError, match="permission denied"):
                _do(f"SELECT * FROM {acme.organization.schema_name}.users")
    _close_all(globex)


def test_the_scope_can_not_change_inside_a_transaction(acme: Cast, globex: Cast) -> None:
    with use_tenant(globex.organization), transaction.atomic():
        for scope in (lambda: use_tenant(acme.organization), use_platform, use_nothing):
            with pytest.raises(ScopeChangeInTransaction), scope():
                pass
        assert sorted(User.objects.values_list("first_name", flat=True)) == ["Gina", "Mallory"]


def test_the_scope_is_left_when_a_transaction_fails(acme: Cast, globex: Cast) -> None:
    def fail() -> None:
        with use_tenant(globex.organization), transaction.atomic():
            User.objects.update(last_name="never")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with use_tenant(globex.organization):
        assert User.objects.filter(last_name="never").count() == 0


def test_a_query_without_a_scope_is_an_error(database: None) -> None:
    with pytest.raises(NoScope):
        User.objects.count()
    with pytest.raises(NoScope):
        _do("SELECT 1")


def test_a_query_after_the_scope_is_an_error(globex: Cast) -> None:
    with use_tenant(globex.organization):
        assert User.objects.count() == 2
        with use_nothing(), pytest.raises(NoScope):
            User.objects.count()
        assert User.objects.count() == 2
    with pytest.raises(NoScope):
        User.objects.count()


def test_a_schema_can_not_be_entered_by_its_name(database: None, acme: Cast) -> None:
    with pytest.raises(Exception, match="use_tenant"):
        connection.set_schema(acme.organization.schema_name)  # type: ignore[attr-defined]  # django-tenants' own


def test_the_pool_never_exceeds_its_cap(acme: Cast, globex: Cast, pool: Pool) -> None:
    pool.cap = 3
    most = []

    def work(thread: int) -> int:
        for turn in range(20):
            with use_tenant((acme, globex)[(thread + turn) % 2].organization):
                User.objects.count()
                most.append(len(pool))
        return 0

    _in_threads(work, THREADS)
    assert max(most) <= 3
    pool.clear()
    assert len(pool) == 0


def test_who_finds_no_free_connection_gets_an_error(
    globex: Cast, acme: Cast, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "WAIT_SECONDS", 0.05)
    pool.cap = 1
    with use_tenant(globex.organization):
        User.objects.count()

        def ask(thread: int) -> str:
            try:
                with use_tenant(acme.organization):
                    User.objects.count()
            except NoConnectionFree:
                return "none free"
            return "got one"

        assert _in_threads(ask, 1) == ["none free"]
    with use_tenant(acme.organization):
        assert User.objects.count() == 3


def test_a_failed_log_in_leaves_nothing(pool: Pool, acme: Cast) -> None:
    nobody = schema_of(UUID(int=1))
    for _ in range(pool.cap + 1):
        with pytest.raises(OperationalError), connection.acting_as(DatabaseRole(RoleKind.TENANT, nobody, nobody)):  # type: ignore[attr-defined]  # our own backend
            _do("SELECT 1")
    assert (len(pool), connection.connection) == (0, None)
    with use_tenant(acme.organization):
        assert User.objects.count() == 3


def test_idle_connections_that_died_are_noticed(acme: Cast, pool: Pool) -> None:
    with use_tenant(acme.organization):
        before = _one("SELECT pg_backend_pid()")
    _terminate(acme)
    with use_tenant(acme.organization):
        assert User.objects.count() == 3
        assert _one("SELECT pg_backend_pid()") != before
    assert len(pool) == 1


def test_a_connection_that_dies_in_use_is_not_used_again(acme: Cast, pool: Pool) -> None:
    with use_tenant(acme.organization):
        User.objects.count()
        _terminate(acme)
        with pytest.raises(DatabaseError):
            User.objects.count()
    with use_tenant(acme.organization):
        assert User.objects.count() == 3
    assert len(pool) == 1


def _do(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _one(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
        return row[0] if row else None


def _in_threads(work: Callable[[int], T], threads: int) -> list[T]:
    def run(number: int) -> T:
        try:
            return work(number)
        finally:
            assert connection.connection is None  # given back with the scope

    with ThreadPoolExecutor(threads) as executor:
        return list(executor.map(run, range(threads)))


def _terminate(cast: Cast) -> None:
    with superuser() as powerful:
        powerful.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = %s",
            [cast.organization.schema_name],
        )


def _close_all(cast: Cast) -> None:
    """Give other tests a session that nothing was left on."""
    _terminate(cast)
    with use_tenant(cast.organization):
        assert isinstance(_one("SELECT 1"), int)
        assert isinstance(connection.connection, psycopg.Connection)
