"""Scopes in generators, context managers and stacks: a scope belongs to the block that entered it; never to somebody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from tenants.backend.base import NoScope, NotYourScope, ScopeChangeInTransaction
from tenants.backend.pool import shared_pool
from tenants.isolation.owner import acting_as_owner
from tenants.scope import LeftOutOfOrder, use_platform, use_tenant
from tests.cast import Cast
from tests.integration.tenants.scope.logged_in import handed_out, role_of, whoami
from workix.core.current import Current

pytestmark = pytest.mark.fault("D3")


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
