"""Stacked statements are refused on every cursor that an organization or the platform host works with."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tenants.backend.cursors import OneStatementCursor
from tenants.scope import use_platform, use_tenant
from tests.cast import Cast

pytestmark = pytest.mark.isolation

STACKED = "SELECT 1; SELECT 2"
REFUSAL = "cannot insert multiple commands into a prepared statement"

Scope = Callable[[], AbstractContextManager[Any]]


@pytest.fixture(params=["organization", "platform"])
def scope(request: pytest.FixtureRequest, globex: Cast) -> Scope:
    return use_platform if request.param == "platform" else lambda: use_tenant(globex.organization)


def test_one_statement_runs(scope: Scope) -> None:
    with scope(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 -- ; SELECT 2")
        assert cursor.fetchall() == [(1,)]


@pytest.mark.parametrize("parameters", [None, [], [3]], ids=["no parameters", "an empty list", "one parameter"])
def test_a_stacked_statement_is_refused(scope: Scope, parameters: list[int] | None) -> None:
    statement = STACKED + (" WHERE 3 = %s" if parameters else "")
    with scope(), connection.cursor() as cursor, pytest.raises(DatabaseError, match=REFUSAL):
        cursor.execute(statement, parameters)


def test_nothing_of_a_stacked_call_is_done(scope: Scope) -> None:
    with scope(), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match=REFUSAL):
            cursor.execute("SET work_mem = '1MB'; SELECT 1")
        cursor.execute("SHOW work_mem")
        assert cursor.fetchone() != ("1MB",)


def test_many_sets_of_parameters_carry_one_statement(scope: Scope) -> None:
    with scope(), connection.cursor() as cursor, pytest.raises(DatabaseError, match=REFUSAL):
        cursor.executemany("SELECT %s; SELECT 2", [[1], [2]])


def test_a_cursor_of_the_server_holds_one_statement(scope: Scope) -> None:
    with (
        scope(),
        pytest.raises(DatabaseError, match=REFUSAL),
        transaction.atomic(),
        connection.chunked_cursor() as cursor,
    ):
        cursor.execute(STACKED)


def test_copying_is_one_statement(scope: Scope) -> None:
    both = "COPY (SELECT 1) TO STDOUT; SELECT 2"
    with scope(), connection.cursor() as cursor, pytest.raises(psycopg.Error, match=REFUSAL), cursor.copy(both):
        pass


def test_the_connection_under_the_cursors_refuses_too(scope: Scope) -> None:
    with scope():
        connection.ensure_connection()
        with pytest.raises(psycopg.Error, match=REFUSAL):
            connection.connection.execute(STACKED)


def test_a_call_that_came_from_the_pool_is_no_exception(scope: Scope) -> None:
    with scope(), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    with scope(), connection.cursor() as cursor, pytest.raises(DatabaseError, match=REFUSAL):
        cursor.execute(STACKED)


def test_psycopg_still_has_the_hook_we_hold_on_to(monkeypatch: pytest.MonkeyPatch, globex: Cast) -> None:
    """When this fails, psycopg chooses the protocol elsewhere: see Note [One statement a call]."""
    hook = inspect.signature(psycopg.Cursor._execute_send)
    assert list(hook.parameters) == ["self", "query", "force_extended", "binary"]
    forced = []

    def watch(self: psycopg.Cursor, query: Any, *, force_extended: bool = False, binary: bool | None = None) -> None:
        forced.append(force_extended)
        original(self, query, force_extended=force_extended, binary=binary)

    original = psycopg.Cursor._execute_send
    monkeypatch.setattr(psycopg.Cursor, "_execute_send", watch)
    with use_tenant(globex.organization), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert isinstance(cursor.cursor, OneStatementCursor)
    assert forced != []
    assert set(forced) == {True}
