"""Statements and connections are counted by the kind of role that made them, never by its name."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from prometheus_client import REGISTRY

from tenants.backend.pool import shared_pool
from tenants.isolation.owner import acting_as_owner
from tenants.scope import use_platform, use_tenant
from tests.cast import Api, Cast
from tests.metrics import Change
from workix.config.database_url import Secret

pytestmark = pytest.mark.requirement("S29")

STATEMENTS = "django_db_query_duration_seconds_count"


def of(role: str) -> dict[str, str]:
    return {"alias": role, "vendor": "postgresql"}


@pytest.mark.parametrize("role", ["owner", "control", "tenant"])
def test_a_statement_is_counted_and_timed_by_the_kind_of_role(acme: Cast, role: str) -> None:
    scopes = {"owner": acting_as_owner("public"), "control": use_platform(), "tenant": use_tenant(acme.organization)}
    with scopes[role], Change(STATEMENTS, **of(role)) as change, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.executemany("SELECT %s", [(1,), (2,)])
    assert change.by == 2


def test_a_request_of_an_organization_is_made_of_its_own_statements(alice: Api) -> None:
    with Change(STATEMENTS, **of("tenant")) as tenant, Change(STATEMENTS, **of("owner")) as owner:
        assert alice.get("me/").status == 200
    assert (tenant.by > 0, owner.by) == (True, 0)


def test_a_statement_that_fails_is_counted_by_its_exception(acme: Cast) -> None:
    with (
        use_tenant(acme.organization),
        Change("django_db_errors_total", **of("tenant"), type="ProgrammingError") as failed,
        Change(STATEMENTS, **of("tenant")) as timed,
        connection.cursor() as cursor,
        pytest.raises(DatabaseError),
    ):
        cursor.execute("SELECT * FROM what_is_not_there")
    assert (failed.by, timed.by) == (1, 1)


def test_a_new_connection_is_counted_and_one_of_the_pool_is_not(acme: Cast) -> None:
    shared_pool(0).clear()
    with Change("django_db_new_connections_total", **of("tenant")) as change:
        for _ in range(2):
            with use_tenant(acme.organization), connection.cursor() as cursor:
                cursor.execute("SELECT 1")
    assert change.by == 1


def test_a_connection_that_can_not_be_opened_is_counted(acme: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    shared_pool(0).clear()
    monkeypatch.setattr(
        "tenants.isolation.database_roles.password_of", lambda role, version: Secret("not the password")
    )
    with (
        use_platform(),
        Change("django_db_new_connection_errors_total", **of("control")) as change,
        pytest.raises(DatabaseError),
        connection.cursor(),
    ):
        pass
    assert change.by == 1


def test_no_role_s_name_is_a_label(acme: Cast, alice: Api) -> None:
    alice.get("me/")
    aliases = {
        sample.labels["alias"]
        for family in REGISTRY.collect()
        if family.name.startswith("django_db_")
        for sample in family.samples
    }
    assert aliases <= {"owner", "control", "tenant"}
    assert "tenant" in aliases
