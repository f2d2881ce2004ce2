"""Scopes in generators, threads, coroutines and stacks: a scope belongs to the block that entered it; never to somebody else."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager, contextmanager
from contextvars import copy_context
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.core.exceptions import SynchronousOnlyOperation
from django.db import connection, transaction

from accounts.models import User
from tenants.backend.base import NoScope, NotYourScope, ScopeChangeInTransaction
from tenants.backend.pool import shared_pool
from tenants.isolation import owner
from tenants.isolation.owner import acting_as_owner
from tenants.scope import LeftOutOfOrder, holders, use_platform, use_tenant
from tests.acts import at_once
from tests.cast import Cast
from workix.core.current import Current

pytestmark = pytest.mark.fault("D3")

Values = Generator[str, None, None]


def whoami() -> str:
    """Say who is logged in, which must be who is current."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        (role,) = cursor.fetchone()
    organization = Current.find_organization()
    assert organization is None or role in (organization.schema_name, owner.database().user)
    return str(role)


def role_of(cast: Cast) -> str:
    return cast.organization.schema_name


def handed_out(cast: Cast, times: int = 2) -> Values:
    with use_tenant(cast.organization):
        for _ in range(times):
            yield whoami()


@pytest.fixture(autouse=True)
def _nothing_is_left_behind(database: None) -> Iterator[None]:
    yield
    assert (connection.scope, connection.database_role, holders) == (None, None, {})  # type: ignore[attr-defined]


def test_who_takes_a_value_of_a_generator_is_not_who_the_generator_is(acme: Cast, globex: Cast) -> None:
    for scope in (None, use_tenant(globex.organization), use_platform()):
        with scope or ExitStack():
            values = handed_out(acme)
            assert next(values) == role_of(acme)
            with pytest.raises(NotYourScope, match="generator"):
                whoami()
            with pytest.raises(NotYourScope), transaction.atomic():
                pass
            with use_tenant(globex.organization):  # an own block is one's own
                assert whoami() == role_of(globex)
            assert next(values) == role_of(acme)
            values.close()
        with pytest.raises(NoScope):
            whoami()


def test_a_generator_does_not_run_as_who_takes_its_values(acme: Cast, globex: Cast) -> None:
    values = handed_out(acme)
    assert next(values) == role_of(acme)
    with pytest.raises(LeftOutOfOrder), use_tenant(globex.organization):
        with pytest.raises(LeftOutOfOrder) as told:
            next(values)
        assert isinstance(told.value.__context__, NotYourScope)
        with pytest.raises(NoScope):  # by that error it left its block before the one entered later: nobody is in any
            whoami()


def test_the_same_organization_may_take_turns(acme: Cast) -> None:
    with use_tenant(acme.organization):
        for value in handed_out(acme):
            assert (value, whoami()) == (role_of(acme), role_of(acme))
        assert whoami() == role_of(acme)


def test_a_generator_given_up_in_the_block_around_it_leaves_its_own(acme: Cast, globex: Cast) -> None:
    with use_tenant(globex.organization):
        for value in handed_out(acme):
            assert value == role_of(acme)
            break
        assert whoami() == role_of(globex)


def test_a_generator_kept_longer_than_the_block_around_it_ends_the_connection(acme: Cast, globex: Cast) -> None:
    held = len(shared_pool(0))
    with pytest.raises(LeftOutOfOrder, match="reverse order"), use_tenant(globex.organization):
        values = handed_out(acme)
        assert next(values) == role_of(acme)
    assert len(shared_pool(0)) <= held  # Acme's was closed
    with pytest.raises(NoScope):
        whoami()
    with use_tenant(globex.organization):
        assert whoami() == role_of(globex)
        with pytest.raises(LeftOutOfOrder):
            values.close()
    assert Current.find_organization() is None


def test_scopes_left_out_of_order_leave_nobody_in_anothers_place(acme: Cast, globex: Cast) -> None:
    first, second, third = (use_tenant(cast.organization) for cast in (acme, globex, acme))
    for each in (first, second, third):
        each.__enter__()
    for each in (second, first, third):
        with pytest.raises(LeftOutOfOrder):
            each.__exit__()
        assert (connection.database_role, Current.find_organization()) == (None, None)  # type: ignore[attr-defined]
    with pytest.raises(LeftOutOfOrder):
        first.__exit__()


def test_a_transaction_of_a_block_that_was_ended_is_rolled_back(acme: Cast, globex: Cast) -> None:
    def renaming() -> Iterator[None]:
        with use_tenant(acme.organization), transaction.atomic():
            User.objects.filter(first_name="Bob").update(first_name="Robert")
            yield

    changes = renaming()
    with pytest.raises(LeftOutOfOrder), use_tenant(globex.organization):
        next(changes)
    with pytest.raises((NoScope, LeftOutOfOrder)):
        next(changes)
    with use_tenant(acme.organization):
        assert User.objects.filter(first_name="Bob").count() == 1
        with pytest.raises(ScopeChangeInTransaction), transaction.atomic(), use_platform():
            pass


def test_a_scope_is_not_left_inside_the_transaction_it_began(acme: Cast) -> None:
    scope, change = use_tenant(acme.organization), transaction.atomic()
    scope.__enter__()
    change.__enter__()
    whoami()
    with pytest.raises(LeftOutOfOrder):
        scope.__exit__()
    with pytest.raises(NoScope):  # without its connection, it can't end well
        change.__exit__(None, None, None)


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


def error_of(call: Callable[[], object]) -> type[Exception] | None:
    try:
        call()
    except Exception as error:  # noqa: BLE001  # whichever it is
        return type(error)
    return None


def test_a_generator_goes_on_in_its_own_thread_only(acme: Cast, globex: Cast) -> None:
    values = handed_out(acme, 3)
    next(values)

    def go_on(_: int) -> list[type[Exception] | None]:
        with use_tenant(globex.organization):
            return [error_of(lambda: next(values)), error_of(whoami)]

    assert at_once(go_on, 1) == [[LeftOutOfOrder, None]]
    with pytest.raises(NotYourScope):
        whoami()


def test_one_scope_is_entered_once_at_a_time(acme: Cast) -> None:
    scope = use_tenant(acme.organization)
    for _ in range(2):
        with scope:
            with pytest.raises(RuntimeError, match="entered once"), scope:
                pass
            assert whoami() == role_of(acme)


@contextmanager
def as_function(cast: Cast) -> Iterator[None]:
    with use_tenant(cast.organization):
        yield


@contextmanager
def nested(cast: Cast) -> Iterator[None]:
    with ExitStack() as stack:
        stack.enter_context(as_function(cast))
        yield


class AsClass:
    def __init__(self, cast: Cast) -> None:
        self.scope = use_tenant(cast.organization)

    def __enter__(self) -> None:
        self.scope.__enter__()

    def __exit__(self, *raised: object) -> None:
        self.scope.__exit__(*raised)


@contextmanager
def as_owner(cast: Cast) -> Iterator[None]:
    with acting_as_owner(cast.organization.schema_name):
        yield


Manager = Callable[[Cast], AbstractContextManager[Any]]
MANAGERS = pytest.mark.parametrize("manager", [as_function, nested, AsClass, as_owner])


@MANAGERS
def test_a_context_manager_around_a_scope_is_the_block_it_is_used_in(
    manager: Manager, acme: Cast, globex: Cast
) -> None:
    def values() -> Iterator[str]:
        with manager(acme):
            yield whoami()

    with use_tenant(globex.organization):
        with ExitStack() as stack:
            stack.enter_context(manager(acme))
            inside = whoami()
        assert (inside != role_of(globex), whoami()) == (True, role_of(globex))
        taken = values()
        assert next(taken) == inside
        with pytest.raises(NotYourScope):
            whoami()
        taken.close()  # type: ignore[attr-defined]  # it is a generator
        assert whoami() == role_of(globex)


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

    outside, (acmes, globexes) = asyncio.run(both()), ([None, NoScope], [NotYourScope, NoScope])
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
