"""tenant_context and schema_context of django-tenants: scope, connection and role agree, in every thread, and come back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models.signals import post_delete
from django.db.utils import ConnectionDoesNotExist
from django_tenants.cache import make_key
from django_tenants.log import TenantContextFilter
from django_tenants.postgresql_backend.base import FakeTenant
from django_tenants.utils import (
    get_current_tenant,
    get_public_schema_name,
    get_tenant_domain_model,
    get_tenant_model,
    schema_context,
    tenant_context,
)

from tenants.backend.base import NoScope, ScopeChangeInTransaction
from tenants.isolation.database_roles import control_role_name
from tenants.models import Domain, Organization, Status
from tenants.resolution import find_by_slug
from tenants.scope import LeftOutOfOrder, use_platform, use_tenant
from tests.acts import at_once, rows, set_status, statements_of
from tests.cast import Cast
from workix.core.current import Current

NOWHERE = (None, "public", "public", None)


def where() -> tuple[str | None, str, str, str | None]:
    """Say who is in scope for each who can be asked: Current, django-tenants' two, and the server."""
    organization = Current.find_organization()
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        (role,) = cursor.fetchone()
    return (
        organization.schema_name if organization else None,
        connection.tenant.schema_name,
        connection.schema_name,
        role,
    )


def nowhere() -> tuple[str | None, str, str, None]:
    """Say the same where nobody is, which no query can tell."""
    with pytest.raises(NoScope):
        where()
    organization = Current.find_organization()
    return (
        organization.schema_name if organization else None,
        connection.tenant.schema_name,
        connection.schema_name,
        None,
    )


def at(cast: Cast) -> tuple[str, str, str, str]:
    schema = cast.organization.schema_name
    return schema, schema, schema, schema


def on_the_platform() -> tuple[None, str, str, str]:
    return None, "public", "public", control_role_name()


Enter = Callable[[Cast], Any]
CONTEXTS = pytest.mark.parametrize(
    "enter",
    [
        lambda cast: tenant_context(cast.organization),
        lambda cast: schema_context(cast.organization.schema_name),
        lambda cast: tenant_context(FakeTenant(cast.organization.schema_name)),
    ],
    ids=["tenant_context", "schema_context", "the name of a schema"],
)


def test_the_models_are_found_by_the_names_django_tenants_has(acme: Cast) -> None:
    assert (get_tenant_model(), get_tenant_domain_model(), get_public_schema_name()) == (Organization, Domain, "public")
    with use_platform():
        found = get_tenant_model().objects.get(slug="acme")
        domain = found.get_primary_domain()
        assert (domain.domain, domain.tenant, domain.is_primary) == (acme.host, acme.organization, True)
    rows("UPDATE domains SET is_primary = false WHERE host = %(host)s", host=acme.host)
    with use_platform():
        assert found.get_primary_domain() is None


@CONTEXTS
def test_inside_all_agree_and_after_it_all_is_as_before(enter: Enter, acme: Cast, globex: Cast) -> None:
    with enter(acme):
        assert (where(), connection.tenant, get_current_tenant()) == (at(acme), acme.organization, acme.organization)
    assert nowhere() == NOWHERE
    with use_tenant(globex.organization):
        with enter(acme):
            assert where() == at(acme)
        assert where() == at(globex)


@CONTEXTS
def test_blocks_nest_and_one_context_may_be_entered_twice(enter: Enter, acme: Cast, globex: Cast) -> None:
    outer, inner = enter(acme), enter(globex)
    with outer:
        with inner, outer:
            assert where() == at(acme)
            with schema_context("public"):
                assert where() == on_the_platform()
            assert where() == at(acme)
        assert where() == at(acme)
    assert nowhere() == NOWHERE


@CONTEXTS
def test_a_block_left_by_an_exception_is_left(enter: Enter, acme: Cast, globex: Cast) -> None:
    for _ in range(2):
        with use_tenant(globex.organization):
            with pytest.raises(ZeroDivisionError), enter(acme):
                raise ZeroDivisionError
            assert where() == at(globex)


@CONTEXTS
def test_a_decorated_function_runs_inside_and_recurses(enter: Enter, acme: Cast, globex: Cast) -> None:
    @enter(acme)
    def visits(depth: int) -> list[object]:
        return [where(), *(visits(depth - 1) if depth else [])]

    with use_tenant(globex.organization):
        assert visits(2) == [at(acme)] * 3
        assert where() == at(globex)
    assert visits(0) == [at(acme)]
    assert nowhere() == NOWHERE


@pytest.mark.slow
@CONTEXTS
def test_threads_that_share_one_function_and_one_context_never_meet(enter: Enter, acme: Cast, globex: Cast) -> None:
    casts, rounds, threads = (acme, globex), 15, 20
    shared = [enter(cast) for cast in casts]
    decorated = [enter(cast)(where) for cast in casts]

    def work(thread: int) -> list[bool]:
        right = []
        for turn in range(rounds):
            outer, inner = thread % 2, (thread + turn) % 2
            with use_tenant(casts[outer].organization):
                found = [decorated[inner](), where()]
                with shared[inner]:
                    found += [where(), decorated[outer]()]
                found.append(where())
            right.append(found == [at(casts[each]) for each in (inner, outer, inner, outer, outer)])
        return right

    answers = [each for answer in at_once(work, threads) for each in answer]
    assert (len(answers), answers.count(False)) == (rounds * threads, 0)


def test_what_the_library_itself_derives_from_the_scope_is_right(acme: Cast) -> None:
    record = logging.makeLogRecord({})
    with tenant_context(acme.organization):
        assert (make_key("k", "", 1), TenantContextFilter().filter(record)) == (f"{at(acme)[0]}::1:k", True)
    assert (record.schema_name, make_key("k", "", 1)) == (at(acme)[0], "public::1:k")


def test_public_is_the_platform_and_its_role(acme: Cast) -> None:
    for context in (schema_context("public"), tenant_context(FakeTenant("public"))):
        with context:
            assert where() == on_the_platform()
    with use_tenant(acme.organization), schema_context("public"):
        assert [each.slug for each in get_tenant_model().objects.filter(slug="acme")] == ["acme"]


@pytest.mark.parametrize("name", ["acme", "org_" + "0" * 31 + "1", "", "pg_catalog", "x" * 64, "a\x00b", '"; DROP'])
def test_a_schema_that_is_nobodys_is_an_error_and_enters_nothing(acme: Cast, name: str) -> None:
    with use_tenant(acme.organization):
        with pytest.raises(Organization.DoesNotExist, match="is no organization's"), schema_context(name):
            pass
        assert where() == at(acme)


def test_a_schema_is_looked_up_once_and_the_one_in_scope_never(acme: Cast, globex: Cast) -> None:
    def enter() -> None:
        with schema_context(globex.organization.schema_name):
            pass

    with use_tenant(acme.organization):
        assert [len(statements_of(enter)) for _ in range(3)] == [1, 0, 0]
    with use_tenant(globex.organization), transaction.atomic():
        assert (statements_of(enter), where()) == ([], at(globex))


def test_a_suspended_organization_is_entered_as_use_tenant_does_and_a_removed_one_is_unknown(acme: Cast) -> None:
    set_status(acme, Status.SUSPENDED)
    with schema_context(acme.organization.schema_name):
        assert where() == at(acme)
    rows("UPDATE organizations SET deleted_at = now() WHERE slug = 'acme'")
    assert find_by_slug("acme") is None
    with tenant_context(acme.organization):
        assert where() == at(acme)


@CONTEXTS
def test_the_organization_can_not_change_inside_a_transaction(enter: Enter, acme: Cast, globex: Cast) -> None:
    with use_tenant(acme.organization), transaction.atomic():
        for context in (enter(globex), schema_context("public")):
            with pytest.raises(ScopeChangeInTransaction), context:
                pass
        with enter(acme):  # the same one is no change
            assert where() == at(acme)
        assert where() == at(acme)


@CONTEXTS
def test_a_generator_that_is_used_up_or_given_up_leaves_its_block(enter: Enter, acme: Cast, globex: Cast) -> None:
    def twice() -> Iterator[object]:
        with enter(acme):
            yield where()
            yield where()

    with use_tenant(globex.organization):
        assert list(twice()) == [at(acme)] * 2
        assert where() == at(globex)
        begun: Any = twice()
        assert next(begun) == at(acme)
        begun.close()
        assert where() == at(globex)


@CONTEXTS
def test_generators_that_take_turns_are_told_and_nobody_is_left_in_anothers_place(
    enter: Enter, acme: Cast, globex: Cast
) -> None:
    def twice(cast: Cast) -> Iterator[object]:
        with enter(cast):
            yield where()

    first: Any = twice(acme)
    second: Any = twice(globex)
    assert [next(first), next(second)] == [at(acme), at(globex)]
    for each in (first, second):
        with pytest.raises(LeftOutOfOrder):
            each.close()
        assert nowhere() == NOWHERE


@CONTEXTS
def test_what_would_run_after_the_context_is_left_can_not_be_decorated(enter: Enter, acme: Cast) -> None:
    def generator() -> Iterator[None]:
        yield

    async def coroutine() -> None: ...

    async def steps() -> Any:
        yield

    for function in (generator, coroutine, steps):
        with pytest.raises(TypeError, match="write `with` inside it"):
            enter(acme)(function)


def test_another_database_is_refused(acme: Cast) -> None:
    with pytest.raises(ConnectionDoesNotExist):
        tenant_context(acme.organization, database="other").__enter__()
    assert nowhere() == NOWHERE


def test_deleting_rows_stays_fast_although_django_tenants_would_hear_of_each() -> None:
    import django_tenants.models  # noqa: F401  # this is what connects it
    from django_tenants.signals import tenant_delete_callback

    assert post_delete.disconnect(tenant_delete_callback) is False  # it was not connected
