"""Acts of operators on an organization whose own session, or somebody else, holds its row: done, or a sentence in time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from django.utils import timezone

from devserver.postgres.server import EmbeddedPostgres
from tenants import lifecycle
from tenants.isolation import owner, removal
from tenants.isolation.database_roles import tenant_role
from tenants.isolation.server_capabilities import UnsafeServer
from tenants.isolation.sessions.lock_holders import LockHeld
from tenants.isolation.sessions.shut_out import exists, shut_out
from tenants.isolation.startup import refuse_unsafe_roles
from tenants.models import Organization
from tenants.plans import Plan
from tenants.provisioning import open_organization
from tests.acts import rows
from tests.cast import Api, Cast
from tests.database import superuser

pytestmark = [pytest.mark.isolation, pytest.mark.fault("C4")]

HOLD = "SELECT public.rename_my_organization('Held')"
ACTS: dict[str, Callable[[str], Any]] = {
    "suspend": lambda slug: lifecycle.suspend(slug, reason="x"),
    "set_plan": lambda slug: lifecycle.set_plan(slug, Plan.PRO, reason="x"),
}


@pytest.fixture
def initech(acme: Cast) -> Organization:
    return open_organization(name="Initech", slug="initech", populate=lambda _: None)


@pytest.fixture
def held(initech: Organization) -> Iterator[psycopg.Connection]:
    """Let a session of Initech's own hold its row, as an attacker's would that lifted its own limits."""
    with ExitStack() as stack:
        session = _log_in(initech)
        stack.callback(session.close)
        session.execute("SET idle_in_transaction_session_timeout = 0")
        session.execute("BEGIN")
        session.execute(HOLD)
        yield session


def _log_in(organization: Organization) -> psycopg.Connection:
    address = tenant_role(organization).address(owner.database())
    return psycopg.connect(**address.connection_parameters(), autocommit=True)  # type: ignore[arg-type]  # libpq's own names


def _ended(session: psycopg.Connection) -> bool:
    with pytest.raises(psycopg.OperationalError):
        session.execute("SELECT 1")
    return session.closed


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_an_organization_that_holds_its_own_row_is_shut_out_and_the_act_is_done(
    held: psycopg.Connection, initech: Organization, act: Callable[[str], Any]
) -> None:
    before = rows("SELECT name, status, plan FROM organizations WHERE slug = 'initech'")
    act("initech")
    after = rows("SELECT name, status, plan FROM organizations WHERE slug = 'initech'")
    assert (before, after != before, after[0][0], _ended(held)) == (before, True, "Initech", True)
    with _log_in(initech) as again:
        assert again.execute("SELECT name FROM public.my_organization()").fetchall() == [("Initech",)]


@pytest.mark.fault("C1")
def test_an_organization_that_holds_its_own_row_is_removed(held: psycopg.Connection, initech: Organization) -> None:
    removal.remove_organization(initech)
    with superuser() as behind:
        assert (_ended(held), exists(behind, initech.schema_name)) == (True, False)
    assert rows("SELECT slug FROM organizations") == [("acme",), ("globex",)]


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_whoever_else_holds_the_row_is_named_and_nothing_is_changed(
    initech: Organization, act: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifecycle, "ACTS_PATIENCE", 1)
    before = rows("SELECT to_jsonb(o)::text FROM organizations AS o ORDER BY id")
    with superuser() as reader:
        reader.execute("BEGIN")
        reader.execute("UPDATE organizations SET name = 'secret' WHERE slug = 'initech'")
        pid, user = reader.info.backend_pid, reader.info.user
        with pytest.raises(LockHeld) as caught:
            act("initech")
        reader.execute("ROLLBACK")
    assert caught.value.detail == (
        f"It is held by process {pid} of the role {user}. Nothing was changed; try again when that has ended."
    )
    assert rows("SELECT to_jsonb(o)::text FROM organizations AS o ORDER BY id") == before
    _log_in(initech).close()


def test_a_removal_names_whoever_holds_a_table_and_since_when(
    initech: Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(removal, "PATIENCE_SECONDS", 0.5)
    with owner.connect() as reader:
        reader.execute("BEGIN")
        reader.execute(f"SELECT count(*) FROM {initech.schema_name}.users")
        said = rf"It is held by process {reader.info.backend_pid} of the role \w+_owner since [0-9: -]{{19}} \S+\."
        with pytest.raises(LockHeld) as caught:
            removal.remove_organization(initech)
        assert re.match(said, caught.value.detail)
        reader.execute("ROLLBACK")
    removal.remove_organization(initech)
    assert rows("SELECT slug FROM organizations") == [("acme",), ("globex",)]


def test_the_owner_keeps_no_rights_of_a_role_it_shut_out(acme: Cast, alice: Api) -> None:
    schema = acme.organization.schema_name
    members = (
        "SELECT count(*) FROM pg_auth_members WHERE roleid = to_regrole(%(role)s) AND member = to_regrole(%(owner)s)"
        " AND grantor = member"
    )
    lifecycle.suspend("acme", reason="x")
    lifecycle.restore("acme", reason="x")
    assert rows(members, role=schema, owner=owner.database().user) == [(0,)]
    assert alice.get("me/").status == 200


@pytest.mark.fault("D8")
def test_a_removal_is_an_entry_of_the_platforms_own_trail(initech: Organization) -> None:
    rows("UPDATE organizations SET removal_due_at = '2026-01-31 00:00:00+00' WHERE slug = 'initech'")
    assert lifecycle.remove_due(now=timezone.now()) == ["initech"]
    ((action, kind, identity, actor, changes),) = rows(
        "SELECT action, resource_type, resource_id, actor_type, changes FROM audit_logs ORDER BY created_at DESC LIMIT 1"
    )
    removed = changes.pop("removed")
    assert (action, kind, identity, actor, changes) == (
        "organization.removed",
        "organization",
        str(initech.id),
        "system",
        {"slug": "initech", "name": "Initech", "plan": "free", "removal_due_at": "2026-01-31 00:00:00+00"},
    )
    assert {name: removed[name] for name in ("domains", "quotas", "procrastinate_jobs")} == {
        "domains": 1,
        "quotas": 3,
        "procrastinate_jobs": 0,
    }
    assert removed["tables"] > 5
    removal.remove_organization(initech)
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'organization.removed'") == [(1,)]


@pytest.mark.slow
def test_what_a_role_prepared_is_rolled_back_and_a_server_that_allows_it_is_refused(
    database: None, settings: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("prepared") / "postgres"
    cluster = EmbeddedPostgres(folder, durable=False).start()
    try:
        with psycopg.connect(**cluster.superuser.connection_parameters(), autocommit=True) as behind:  # type: ignore[arg-type]  # libpq's own names
            behind.execute("ALTER SYSTEM SET max_prepared_transactions = 5")
            behind.execute("CREATE ROLE org_of_a_test LOGIN PASSWORD 'x'")
            behind.execute("GRANT org_of_a_test TO workix_owner WITH ADMIN OPTION")
        EmbeddedPostgres(folder, durable=False).stop()
        cluster = EmbeddedPostgres(folder, durable=False).start()
        settings.WORKIX = settings.WORKIX.model_copy(update={"database_url": cluster.owner})
        address = replace(cluster.owner, user="org_of_a_test", password=type(cluster.owner.password)("x"))
        with psycopg.connect(**address.connection_parameters(), autocommit=True) as session:  # type: ignore[arg-type]  # libpq's own names
            session.execute("BEGIN")
            session.execute("SELECT pg_advisory_xact_lock(1)")
            session.execute("PREPARE TRANSACTION 'for ever'")
        with owner.connect() as connection:
            assert connection.execute("SELECT gid FROM pg_prepared_xacts").fetchall() == [("for ever",)]
            shut_out(connection, "org_of_a_test")
            assert connection.execute("SELECT gid FROM pg_prepared_xacts").fetchall() == []
        with pytest.raises(UnsafeServer, match="ALTER SYSTEM SET max_prepared_transactions = 0"):
            refuse_unsafe_roles()
    finally:
        EmbeddedPostgres(folder, durable=False).stop()
