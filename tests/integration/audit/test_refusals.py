"""Refusals are entries of whom was tried: 401 and 403 of who is not let in, and what PostgreSQL refuses (SQLSTATE 42501)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction

from audit import coalescing
from audit.coalescing import MOST_OF_NOBODY
from tenants.resolution import forget_all
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Api, Cast
from tests.integration.audit.trail import acting
from workix.api.problems import problem_of

REFUSED = (
    "SELECT actor_type, actor_id, actor_label, resource_type, resource_id, changes, ip_address FROM audit_logs"
    " WHERE action = 'access.refused'"
)


def entry(code: str, path: str, method: str = "GET") -> tuple[Any, ...]:
    return ("anonymous", None, "", "request", code, {"method": method, "path": path}, "127.0.0.1")


def test_a_token_of_another_organization_is_an_entry_of_the_one_it_was_tried_on(
    acme: Cast, globex: Cast, gina: Api
) -> None:
    """It names nobody: who Gina is, is Globex's to know."""
    before = rows("SELECT count(*) FROM audit_logs", globex)
    assert Api(gina.access, acme.host).get("users/").status == 403
    assert rows(REFUSED, acme) == [entry("wrong_organization", "/api/v1/users/")]
    assert rows("SELECT count(*) FROM audit_logs", globex) == before


def test_a_network_that_is_not_allowed_is_an_entry(acme: Cast, alice: Api) -> None:
    rows("UPDATE organizations SET allowed_networks = '10.0.0.0/8' WHERE id = %(id)s", id=acme.organization.id)
    forget_all()
    assert alice.get("users/").status == 403
    assert rows(REFUSED, acme) == [entry("network_not_allowed", "/api/v1/users/")]


def test_a_token_that_is_none_is_an_entry_where_the_organization_is_known(acme: Cast) -> None:
    assert Api("nonsense", acme.host).get("users/").status == 401
    assert rows(REFUSED, acme) == [entry("token_not_valid", "/api/v1/users/")]
    assert Api("nonsense").get("users/").status == 401  # the platform's host: nobody knows whose it would be
    assert len(rows(REFUSED, acme)) == 1


def test_a_session_that_is_over_and_a_key_that_is_none_are_entries(acme: Cast, alice: Api) -> None:
    assert alice.post("auth/logout/").status == 204
    assert alice.get("users/").status == 401
    assert Api("wxk_nonsense", acme.host).get("users/").status == 401
    assert rows(REFUSED + " ORDER BY created_at", acme) == [
        entry("session_revoked", "/api/v1/users/"),
        entry("token_not_valid", "/api/v1/users/"),
    ]


def test_who_sends_no_credential_is_a_visitor(acme: Cast) -> None:
    assert Api(host=acme.host).get("users/").status == 401
    assert rows(REFUSED, acme) == []


def test_a_stranger_does_not_fill_the_trail_from_one_address_or_from_many(acme: Cast) -> None:
    stranger = Api("nonsense", acme.host)
    assert {stranger.get("users/").status for _ in range(3)} == {401}
    assert len(rows(REFUSED, acme)) == 1
    rows(
        "INSERT INTO audit_logs (actor_type, action, resource_type, resource_id)"
        " SELECT 'x', 'access.refused', 'request', 'token_not_valid' FROM generate_series(2, %(most)s::int)",
        acme,
        most=MOST_OF_NOBODY,
    )
    rows("UPDATE audit_logs SET ip_address = '192.0.2.1' WHERE action = 'access.refused'", acme)
    coalescing.forget()  # as another process does not remember it
    assert (stranger.get("users/").status, len(rows(REFUSED, acme))) == (401, MOST_OF_NOBODY)
    rows("UPDATE audit_logs SET created_at = created_at - interval '11 minutes' WHERE action = 'access.refused'", acme)
    coalescing.forget()
    assert (stranger.get("users/").status, len(rows(REFUSED, acme))) == (401, MOST_OF_NOBODY + 1)


@pytest.mark.parametrize("path", ["x" * 3_000, "%00", "%ED%A0%BD", "%27;DROP"])
def test_a_hostile_path_is_written_down_and_does_no_harm(acme: Cast, path: str) -> None:
    assert Api("nonsense", acme.host).get(f"users/{path}/").status in (400, 401, 404)
    assert len(rows(REFUSED, acme)) <= 1


def test_a_statement_that_postgresql_refuses_is_an_entry_of_who_sent_it(acme: Cast) -> None:
    error: Exception | None = None
    try:
        with acting(acme), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM public.signed_call_key")
    except Exception as refused:  # noqa: BLE001  # whatever Django makes of it
        error = refused
    assert error is not None
    with use_tenant(acme.organization):
        assert [problem_of(error).status for _ in range(2)] == [500, 500]
    asked = "SELECT action, resource_type, resource_id, changes FROM audit_logs WHERE action = 'database.refused'"
    assert rows(asked, acme) == [("database.refused", "database", "42501", {})]


def test_another_fault_is_none_of_the_trails(acme: Cast) -> None:
    with use_tenant(acme.organization):
        assert problem_of(ZeroDivisionError()).status == 500
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            raise ZeroDivisionError
    assert rows("SELECT 1 FROM audit_logs WHERE action = 'database.refused'", acme) == []
