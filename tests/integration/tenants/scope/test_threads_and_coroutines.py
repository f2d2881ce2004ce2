"""Scopes in threads, coroutines and the hands of a garbage collector: a scope is left where it was entered, or is an error."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from contextvars import Context, copy_context
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.core.exceptions import SynchronousOnlyOperation
from django.db import connection

from tenants.backend.base import NoScope, NotYourScope
from tenants.scope import LeftOutOfOrder, holders, use_tenant
from tests.acts import at_once
from tests.cast import Cast
from tests.integration.tenants.scope.whose import error_of, handed_out, role_of, whoami

pytestmark = pytest.mark.fault("D3")


@pytest.fixture(autouse=True)
def _nothing_is_left_behind(database: None) -> Iterator[None]:
    yield
    assert (connection.scope, connection.database_role, holders) == (None, None, {})  # type: ignore[attr-defined]


def in_a_cycle(cast: Cast) -> None:
    """Give a generator up in a way that only the garbage collector ends."""

    class Kept:
        values: Any

    kept = Kept()

    def values() -> Iterator[object]:
        with use_tenant(cast.organization):
            yield kept, whoami()

    kept.values = values()
    next(kept.values)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_generator_collected_in_another_thread_ends_the_connection_of_its_own(acme: Cast, globex: Cast) -> None:
    gc.collect()
    gc.disable()
    try:
        with pytest.raises(LeftOutOfOrder), use_tenant(globex.organization):
            in_a_cycle(acme)
            at_once(lambda _: gc.collect(), 1)
            with pytest.raises(NotYourScope, match="another thread"):
                whoami()
            with pytest.raises(NoScope):
                whoami()
        in_a_cycle(acme)
        at_once(lambda _: gc.collect(), 1)
        with use_tenant(globex.organization):  # the next request of this thread
            assert whoami() == role_of(globex)
    finally:
        gc.enable()


def test_another_thread_neither_works_in_a_scope_nor_leaves_it(acme: Cast, globex: Cast) -> None:
    scope = use_tenant(acme.organization)

    def use_and_leave(_: int) -> list[type[Exception] | None]:
        with use_tenant(globex.organization):
            seen = [error_of(lambda: copied.run(whoami)), error_of(scope.__exit__), error_of(whoami)]
        return [*seen, error_of(lambda: copied.run(whoami))]

    with pytest.raises(LeftOutOfOrder), use_tenant(globex.organization), scope:
        copied = copy_context()
        assert at_once(use_and_leave, 1) == [[NotYourScope, LeftOutOfOrder, None, NoScope]]
        assert error_of(whoami) is NotYourScope


def test_a_generator_goes_on_in_its_own_thread_only(acme: Cast, globex: Cast) -> None:
    values = handed_out(acme, 3)
    next(values)

    def go_on(_: int) -> list[type[Exception] | None]:
        with use_tenant(globex.organization):
            return [error_of(lambda: next(values)), error_of(whoami)]

    assert at_once(go_on, 1) == [[LeftOutOfOrder, None]]
    with pytest.raises(NotYourScope):
        whoami()


def test_a_copied_context_and_its_thread_must_agree(acme: Cast, globex: Cast) -> None:
    with use_tenant(globex.organization):
        copied = copy_context()
    with pytest.raises(LeftOutOfOrder), use_tenant(acme.organization):
        assert copied.run(error_of, whoami) is NotYourScope
        scope = use_tenant(globex.organization)
        copy_context().run(scope.__enter__)
        assert error_of(whoami) is NotYourScope  # entered in a context that is not this one
        assert error_of(scope.__exit__) is LeftOutOfOrder


def test_coroutines_are_refused_or_work_for_who_entered(acme: Cast, globex: Cast) -> None:
    async def works(cast: Cast) -> list[type[Exception] | None]:
        seen = []
        with use_tenant(cast.organization):
            seen.append(error_of(whoami))
            await asyncio.sleep(0)
            seen.append(await sync_to_async(error_of)(whoami))
            seen.append(await sync_to_async(error_of, thread_sensitive=False)(whoami))
        return seen

    async def both() -> list[Any]:
        return await asyncio.gather(works(acme), works(globex))

    # A context of its own: a browser's loop in this thread, in a test before, would leave its connection to both tasks.
    outside = Context().run(asyncio.run, both())
    acmes, globexes = [None, NoScope], [NotYourScope, NoScope]
    assert outside == [[SynchronousOnlyOperation, NoScope, NoScope]] * 2
    with use_tenant(acme.organization):
        told = async_to_sync(both)()
        assert told == [[SynchronousOnlyOperation, *acmes], [SynchronousOnlyOperation, *globexes]]
        assert async_to_sync(sync_to_async(whoami))() == role_of(acme)
        assert whoami() == role_of(acme)


def test_where_django_is_told_to_allow_it_tasks_still_never_meet(
    acme: Cast, globex: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

    @asynccontextmanager
    async def entered(cast: Cast) -> AsyncIterator[None]:
        with use_tenant(cast.organization):
            yield

    async def works(cast: Cast) -> list[str]:
        async with entered(cast):
            seen = [whoami()]
            await asyncio.sleep(0)
            return [*seen, whoami()]

    async def both() -> list[Any]:
        alone = await asyncio.gather(works(acme), works(globex))
        with use_tenant(acme.organization):
            shared = await asyncio.gather(works(acme), works(globex), return_exceptions=True)
            return [*alone, *(type(each) for each in shared)]

    with pytest.raises(LeftOutOfOrder):
        asyncio.run(both())


def test_threads_in_their_own_scopes_do_not_hear_of_a_generator_elsewhere(acme: Cast, globex: Cast) -> None:
    values, ready, done = handed_out(acme), threading.Event(), threading.Event()

    def hold(_: int) -> str:
        value = next(values)
        ready.set()
        done.wait(10)
        values.close()
        return value

    def work(_: int) -> list[str]:
        ready.wait(10)
        seen = []
        for _turn in range(5):
            with use_tenant(globex.organization):
                seen.append(whoami())
        done.set()
        return seen

    held, worked = at_once(lambda number: (hold, work)[number](number), 2)
    assert (held, worked) == (role_of(acme), [role_of(globex)] * 5)
