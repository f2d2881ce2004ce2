"""The database backend: every statement runs as who is in scope, and as nobody else."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, DataError, OperationalError
from django_tenants.postgresql_backend.base import FakeTenant
from psycopg import sql

from accounts.models import User
from tenants.backend.base import NoScope, ScopeChangeInTransaction
from tenants.backend.pool import shared_pool
from tenants.isolation import owner
from tenants.isolation.credentials import password_of, verifier_of
from tenants.isolation.database_roles import control_role_name, tenant_role
from tenants.isolation.owner import acting_as_owner
from tenants.models import Organization
from tenants.scope import use_nothing, use_platform, use_tenant
from tests.cast import Cast
from tests.database import superuser
from tests.servers import wait_for
from workix.core.current import Current


def before_without_generated(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "is_active"}


def whoami() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user, current_schema")
        found: tuple[str, str] = cursor.fetchone()
        return found


@pytest.mark.requirement("S34")
def test_outside_every_scope_a_query_is_an_error(database: None) -> None:
    with pytest.raises(NoScope):
        User.objects.count()
    with use_platform(), use_nothing(), pytest.raises(NoScope):
        User.objects.count()


@pytest.mark.requirement("S7")
def test_inside_a_scope_one_is_logged_in_as_its_role(acme: Cast, globex: Cast) -> None:
    for cast in (acme, globex, acme):
        with use_tenant(cast.organization):
            assert whoami() == (cast.organization.schema_name, cast.organization.schema_name)
            assert Current.organization == cast.organization
    with use_platform():
        assert (whoami(), Current.find_organization()) == ((control_role_name(), "public"), None)
    with acting_as_owner():
        assert whoami() == (owner.database().user, "public")


@pytest.mark.fault("E1")
@pytest.mark.parametrize("number", [-(2**31) - 1, -1, 2**31, 2**32, 2**32 + 7, 10**20])
def test_a_number_its_column_cant_hold_never_becomes_another_one(acme: Cast, number: int) -> None:
    there = Organization.objects.filter(id=acme.organization.id)
    with acting_as_owner():
        before = there.values().get()
        with pytest.raises(DataError):
            there.update(max_users=number)
        with pytest.raises(DataError):
            Organization(**(before_without_generated(before) | {"max_users": number})).save(force_update=True)
        assert there.values().get() == before
        assert (there.filter(max_users=number).count(), there.filter(max_users__lt=2**40).count()) == (0, 1)


def test_scopes_nest_and_come_back(acme: Cast, globex: Cast) -> None:
    with use_tenant(acme.organization):
        with use_tenant(globex.organization), use_platform():
            assert whoami()[0] == control_role_name()
        assert whoami()[0] == acme.organization.schema_name
    with pytest.raises(NoScope):
        whoami()


def test_a_scope_that_fails_is_left_too(acme: Cast) -> None:
    with pytest.raises(ZeroDivisionError), use_tenant(acme.organization):
        raise ZeroDivisionError
    with pytest.raises(NoScope):
        whoami()


@pytest.mark.requirement("S34")
def test_the_organization_cannot_change_inside_a_transaction(acme: Cast, globex: Cast) -> None:
    with use_tenant(acme.organization), transaction.atomic():
        for other in (use_tenant(globex.organization), use_platform(), use_nothing()):
            with pytest.raises(ScopeChangeInTransaction), other:
                pass
        with use_tenant(acme.organization):  # the same one is no change
            assert whoami()[0] == acme.organization.schema_name


def test_the_owner_finds_its_way_in_each_schema_on_one_connection(acme: Cast, globex: Cast) -> None:
    for schema in (acme.organization.schema_name, "public", globex.organization.schema_name):
        with acting_as_owner(schema):
            assert whoami()[1] == schema


def test_a_schema_cannot_be_entered_by_its_name(acme: Cast) -> None:
    with pytest.raises(ImproperlyConfigured):
        connection.set_schema(acme.organization.schema_name)
    with use_tenant(acme.organization):
        connection.set_schema("public")
        with pytest.raises(NoScope):
            whoami()


def test_what_only_names_a_schema_leaves_every_scope(acme: Cast) -> None:
    with use_platform():
        connection.set_tenant(FakeTenant(schema_name=acme.organization.schema_name))
        with pytest.raises(NoScope):
            whoami()
        connection.set_tenant(acme.organization)
        assert whoami()[0] == acme.organization.schema_name


def in_scope() -> tuple[str | None, str, str]:
    """Say who is in scope as Current, and as the connection does in django-tenants' two ways."""
    organization = Current.find_organization()
    return organization.schema_name if organization else None, connection.tenant.schema_name, connection.schema_name


def test_what_is_entered_on_the_connection_is_current_until_the_surrounding_scope_ends(
    acme: Cast, globex: Cast
) -> None:
    nobody = (None, "public", "public")
    with use_platform():
        for cast in (acme, globex):
            connection.set_tenant(cast.organization, include_public=False)
            assert (in_scope(), whoami()[0]) == ((cast.organization.schema_name,) * 3, cast.organization.schema_name)
            assert connection.tenant == cast.organization
        for leave in (connection.set_schema_to_public, lambda: connection.set_schema("public")):
            connection.set_tenant(acme.organization)
            leave()
            assert in_scope() == nobody
        connection.set_tenant(acme.organization)
    assert in_scope() == nobody


def test_who_asks_for_a_schema_by_name_is_in_no_organization_rather_than_in_the_one_before(
    acme: Cast, globex: Cast
) -> None:
    with use_tenant(acme.organization):
        with pytest.raises(ImproperlyConfigured, match="use_tenant"):
            connection.set_schema(globex.organization.schema_name)
        assert in_scope() == (None, "public", "public")


def test_on_the_connection_too_the_organization_can_not_change_inside_a_transaction(acme: Cast, globex: Cast) -> None:
    with use_tenant(acme.organization), transaction.atomic():
        for change in (lambda: connection.set_tenant(globex.organization), connection.set_schema_to_public):
            with pytest.raises(ScopeChangeInTransaction):
                change()
            assert (in_scope(), whoami()[0]) == ((acme.organization.schema_name,) * 3, acme.organization.schema_name)


def test_a_new_connection_leaves_the_organization_in_scope_alone(acme: Cast) -> None:
    with use_tenant(acme.organization):
        another = connections.create_connection("default")
        assert (Current.organization, another.database_role) == (acme.organization, None)


def test_the_owner_in_a_schema_is_told_by_its_name(acme: Cast) -> None:
    with acting_as_owner(acme.organization.schema_name):
        assert in_scope() == (None, acme.organization.schema_name, acme.organization.schema_name)


def test_settings_of_one_visit_do_not_wait_for_the_next_organization(acme: Cast, globex: Cast) -> None:
    with use_tenant(acme.organization), connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '1s'")
    with use_tenant(globex.organization), connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("30s",)


@pytest.mark.requirement("S36")
@pytest.mark.parametrize("parameters", [None, [], ["x"]])
def test_two_statements_in_one_call_are_refused(acme: Cast, parameters: list[str] | None) -> None:
    first = "SELECT %s" if parameters else "SELECT 1"
    with use_tenant(acme.organization), connection.cursor() as cursor, pytest.raises(DatabaseError) as caught:
        cursor.execute(f"{first}; DELETE FROM sessions", parameters)
    assert "cannot insert multiple commands into a prepared statement" in str(caught.value)


def test_a_server_side_cursor_reads_in_pieces(acme: Cast) -> None:
    with use_tenant(acme.organization), transaction.atomic():
        assert sorted(each.first_name for each in User.objects.iterator(chunk_size=1)) == ["Alice", "Bob", "Vera"]
        with connection.chunked_cursor() as cursor:
            cursor.execute("SELECT generate_series(1, 3)")
            assert (cursor.name[:1], cursor.fetchone()) == ("_", (1,))


def end_sessions(role: str) -> None:
    with superuser() as behind:
        behind.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE usename = %s AND datname = current_database()",
            [role],
        )


def test_a_connection_that_died_while_idle_is_replaced_unnoticed(acme: Cast) -> None:
    with use_tenant(acme.organization):
        assert User.objects.count() == 3
    end_sessions(acme.organization.schema_name)
    with use_tenant(acme.organization):
        assert User.objects.count() == 3


def test_a_connection_that_dies_in_use_is_an_error_once_and_counted_back(acme: Cast) -> None:
    with use_tenant(acme.organization):
        whoami()
    held = len(shared_pool(20))
    for inside in (False, True):
        with pytest.raises(OperationalError), use_tenant(acme.organization):
            whoami()
            if inside:
                with transaction.atomic():
                    end_sessions(acme.organization.schema_name)
                    whoami()
            end_sessions(acme.organization.schema_name)
            whoami()
        assert len(shared_pool(20)) <= held
        with use_tenant(acme.organization):
            assert whoami()[0] == acme.organization.schema_name


def test_a_derived_password_logs_in_and_another_does_not(acme: Cast) -> None:
    role = acme.organization.schema_name
    right = tenant_role(acme.organization).address(owner.database())
    with psycopg.connect(**right.connection_parameters()) as session:
        assert session.execute("SELECT session_user").fetchone() == (role,)
    wrong = right.of_role(role, password_of(role, 99))
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**wrong.connection_parameters())


def test_the_server_keeps_the_verifier_and_the_next_version_is_a_rotation(acme: Cast) -> None:
    role, version = acme.organization.schema_name, acme.organization.credential_version
    query = "SELECT rolpassword FROM pg_authid WHERE rolname = %s"
    with superuser() as behind:
        assert behind.execute(query, [role]).fetchone() == (verifier_of(role, version),)
        behind.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(role), sql.Literal(verifier_of(role, version + 1))
            )
        )
        rotated = owner.database().of_role(role, password_of(role, version + 1))
        psycopg.connect(**rotated.connection_parameters()).close()
        shared_pool(20).clear()
        with use_tenant(acme.organization):  # logs in with its own version, and is repaired to it
            assert whoami()[0] == role
        assert behind.execute(query, [role]).fetchone() == (verifier_of(role, version),)


@pytest.mark.parametrize(
    "damage", ["PASSWORD 'guessed'", "NOLOGIN", "SET search_path = pg_catalog", "CONNECTION LIMIT 1"]
)
def test_a_role_that_was_tampered_with_serves_again(acme: Cast, damage: str) -> None:
    role = acme.organization.schema_name
    with superuser() as behind:
        behind.execute(sql.SQL("ALTER ROLE {} " + damage).format(sql.Identifier(role)))
        shared_pool(20).clear()
        sessions = "SELECT 1 FROM pg_stat_activity WHERE usename = %s"
        wait_for(lambda: behind.execute(sessions, [role]).fetchone() is None or None)  # the server takes its time
    try:
        with use_tenant(acme.organization):
            assert whoami() == (role, role)
    finally:
        from tenants.isolation.roles import repair

        repair(tenant_role(acme.organization))


def test_a_server_that_is_full_is_no_reason_to_repair(acme: Cast) -> None:
    shared_pool(20).clear()
    with superuser() as behind:
        behind.execute(
            sql.SQL("ALTER ROLE {} CONNECTION LIMIT 0").format(sql.Identifier(acme.organization.schema_name))
        )
        try:
            with use_tenant(acme.organization), pytest.raises(OperationalError, match="too many connections"):
                whoami()
        finally:
            from tenants.isolation.roles import repair

            repair(tenant_role(acme.organization))
    with use_tenant(acme.organization):
        assert whoami()[0] == acme.organization.schema_name
