"""Two guards for one promise: with the other one taken out of the way, each of them keeps it alone."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from tenants.models import Status
from tests.acts import join, rows, set_status, used
from tests.browsers import browser_of
from tests.cast import PASSWORD, Answer, Api, Cast
from tests.database import superuser
from workix.core.permissions import Role

pytestmark = pytest.mark.fault("H4")

#: The trigger that ends access steps aside for whoever says so in the transaction. See accounts/sql/end_access.sql.
QUIETLY = "SELECT set_config('workix.kept_session', 'all', false)"
GONE = ["is_active = false", "deleted_at = now()"]


@pytest.fixture
def bobs(acme: Cast) -> dict[str, str]:
    """Log Bob in; return his tokens."""
    tokens: dict[str, str] = Api().post("auth/login/", {"email": "bob@acme.example", "password": PASSWORD}).body
    return tokens


@pytest.fixture
def behind(acme: Cast) -> Iterator[psycopg.Connection]:
    with superuser() as connection:
        connection.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(acme.organization.schema_name)))
        yield connection


def refresh(tokens: dict[str, str]) -> Answer:
    return Api().post("auth/refresh/", {"refresh": tokens["refresh"]})


def code(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.body.get("code", "")


@pytest.mark.parametrize("gone", GONE)
def test_who_is_gone_is_nobody_although_their_session_lives(
    acme: Cast, bobs: dict[str, str], behind: psycopg.Connection, gone: str
) -> None:
    browser = browser_of(acme, "vera")
    assert browser.get("/admin/").status == 200
    behind.execute(QUIETLY)
    behind.execute(f"UPDATE users SET {gone}")  # type: ignore[arg-type]  # ours
    assert rows("SELECT count(*) FROM sessions WHERE ended_at IS NOT NULL", acme) == [(0,)]
    assert code(Api(bobs["access"]).get("me/")) == (401, "session_revoked")
    assert code(refresh(bobs)) == (401, "session_revoked")
    assert browser.get("/admin/").status == 302
    login = Api().post("auth/login/", {"email": "bob@acme.example", "password": PASSWORD})
    assert code(login) == (401, "invalid_credentials")


@pytest.mark.parametrize("gone", GONE)
def test_the_session_of_who_was_gone_stays_over_although_they_are_back(
    acme: Cast, bobs: dict[str, str], behind: psycopg.Connection, gone: str
) -> None:
    behind.execute(f"UPDATE users SET {gone}")  # type: ignore[arg-type]  # ours
    behind.execute(QUIETLY)
    behind.execute("UPDATE users SET is_active = true, deleted_at = NULL")
    assert code(Api(bobs["access"]).get("me/")) == (401, "session_revoked")
    assert code(refresh(bobs)) == (401, "session_revoked")


def test_a_session_that_is_over_by_the_clock_takes_neither_of_its_tokens(acme: Cast, bobs: dict[str, str]) -> None:
    rows("UPDATE sessions SET expires_at = now()", acme)
    assert code(Api(bobs["access"]).get("me/")) == (401, "session_revoked")
    assert code(refresh(bobs)) == (401, "session_revoked")


def test_a_refresh_ends_with_the_session_although_nobody_used_its_access_token(
    acme: Cast, bobs: dict[str, str]
) -> None:
    rows("UPDATE sessions SET ended_at = now()", acme)
    assert code(refresh(bobs)) == (401, "session_revoked")


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.PENDING])
def test_a_refresh_in_an_organization_that_is_shut_spends_no_token(
    acme: Cast, bobs: dict[str, str], status: Status
) -> None:
    before = rows("SELECT refresh_hash FROM sessions", acme)
    set_status(acme, status)
    assert refresh(bobs).status == 403
    assert rows("SELECT refresh_hash FROM sessions", acme) == before
    set_status(acme, Status.ACTIVE)
    assert refresh(bobs).status == 200


def test_an_organization_that_was_shut_a_moment_ago_is_shut_for_whoever_does_not_know_it_yet(
    acme: Cast, bobs: dict[str, str]
) -> None:
    assert Api(bobs["access"]).get("me/").status == 200
    set_status(acme, Status.SUSPENDED, forget=False)
    assert code(Api(bobs["access"]).get("me/")) == (403, "organization_suspended")
    login = Api().post("auth/login/", {"email": "alice@acme.example", "password": PASSWORD})
    assert code(login) == (403, "organization_suspended")


def test_a_key_is_one_persons_within_their_organization(acme: Cast, alice: Api) -> None:
    join(acme, "ada@acme.example", Role.ADMIN)
    ada = Api(Api().post("auth/login/", {"email": "ada@acme.example", "password": PASSWORD}).body["access"])
    answers = [api.post("quotas/pipelines/consumptions/", {"amount": 1}, Idempotency_Key="k1") for api in (alice, ada)]
    assert [(each.status, each.headers.get("Idempotency-Replayed")) for each in answers] == [(201, None)] * 2
    assert used(acme, "pipelines") == 2


def test_a_key_is_one_strangers(database: None) -> None:
    body = {"name": "Initech", "slug": "initech", "admin": {"email": "ina@initech.example", "password": PASSWORD}}
    assert Api().post("organizations/", body, Idempotency_Key="k1").status == 201
    with superuser() as connection:
        ((kept,),) = connection.execute("SELECT id FROM idempotency_keys").fetchall()
    assert (len(kept), "k1" in kept) == (64, False)


def test_a_seat_is_given_back_by_whatever_way_a_row_goes(acme: Cast, behind: psycopg.Connection) -> None:
    behind.execute("DELETE FROM users WHERE email = 'bob@acme.example'")
    assert used(acme, "users") == 2
    behind.execute("UPDATE users SET deleted_at = now() WHERE email = 'vera@acme.example'")
    assert used(acme, "users") == 1
    behind.execute("DELETE FROM users WHERE email = 'vera@acme.example'")
    assert used(acme, "users") == 1, "hers was given back before"
    behind.execute("UPDATE users SET deleted_at = now(), is_active = false WHERE email = 'alice@acme.example'")
    behind.execute("UPDATE users SET deleted_at = NULL WHERE email = 'alice@acme.example'")
    assert used(acme, "users") == 1


@pytest.mark.parametrize("whose", ["NULL", "gen_random_uuid()"])
def test_no_row_of_an_organization_is_nobodys_or_anothers(acme: Cast, behind: psycopg.Connection, whose: str) -> None:
    """A CHECK lets NULL pass, and NOT NULL lets another's id pass."""
    tables = [
        name
        for (name,) in behind.execute(
            "SELECT table_name::text FROM information_schema.columns"
            " WHERE table_schema = %s AND column_name = 'organization_id' ORDER BY 1",
            [acme.organization.schema_name],
        )
    ]
    assert {"security_policies", "users"} <= set(tables)
    behind.execute(
        "INSERT INTO security_policies (organization_id, updated_at) SELECT organization_id, now() FROM users LIMIT 1"
    )
    behind.execute(
        "INSERT INTO approval_policies (organization_id, rules, updated_at)"
        " SELECT organization_id, '[]', now() FROM users LIMIT 1"
    )
    behind.execute("SET session_replication_role = replica")  # no trigger: the constraints alone
    refused = psycopg.errors.NotNullViolation if whose == "NULL" else psycopg.errors.CheckViolation
    for table in tables:
        with pytest.raises(refused):
            behind.execute(sql.SQL("UPDATE {} SET organization_id = " + whose).format(sql.Identifier(table)))
