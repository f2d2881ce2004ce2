"""PgBouncer journey: a platform behind transaction pooling, as deploy/pgbouncer/ sets it up; nobody meets anybody else."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from devserver.postgres.server import Cluster
from tenants.backend.pool import shared_pool
from tenants.isolation import owner
from tenants.isolation.database_roles import control_role_name, login_roles, tenant_role
from tenants.isolation.owner import acting_as_owner
from tenants.isolation.server_roles.password_rotation import rotate
from tenants.schema.rollout import organizations
from tenants.scope import use_platform, use_tenant
from tests.acts import at_once
from tests.customers import Customer
from tests.drills.conftest import StartServer
from tests.drills.pgbouncer import PASSWORD, PROGRAM, pgbouncer, set_up, shown
from tests.servers import Platform, settings_of, wait_for
from workix.config.database_url import DatabaseAddress
from workix.config.secrets import Secret

pytestmark = [
    pytest.mark.drill,
    pytest.mark.fault("F4"),
    pytest.mark.skipif(PROGRAM is None, reason="PgBouncer is not installed here (Debian: pgbouncer)"),
]

SECRET, PREFIX = "only-for-drills-" + "0123456789abcdef" * 3, "workix"
OWNERS_TRANSACTIONS, TENANTS_REQUESTS, THREADS = 240, 360, 12


@dataclass
class Behind:
    """A platform of two organizations that runs behind a PgBouncer."""

    cluster: Cluster
    console: DatabaseAddress
    platform: Platform
    acme: Customer
    globex: Customer


@pytest.fixture(scope="module", params=["closed", "open"])
def behind(
    request: pytest.FixtureRequest, start_server: StartServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Behind]:
    """Set it up as the operations page says: 18 with pg_catalog closed, and 15 where no superuser closed it."""
    cluster = start_server(f"pooled_{request.param}", version_15=request.param == "open")
    settings = settings_of(cluster) | {"WORKIX_MASTER_SECRET": SECRET}
    if request.param == "open":
        del settings["WORKIX_SETUP_DATABASE_URL"]
    var = tmp_path_factory.mktemp("var")
    Platform.at(settings, var).manage("migrate", "--quiet")
    set_up(cluster, prefix=PREFIX)
    with pgbouncer(cluster) as console:
        platform = Platform.at(settings, var, WORKIX_PGBOUNCER=f"{console.host}:{console.port}")
        platform.manage("migrate", "--quiet")
        with platform.serving(), platform.working():
            yield Behind(cluster, console, platform, *(_opened(platform, name) for name in ("acme", "globex")))


def _opened(platform: Platform, name: str) -> Customer:
    customer = Customer(platform, name)
    assert customer.open().status == 201
    assert customer.call("POST", "auth/confirm-email/", {"token": customer.link()}).status == 204
    assert customer.log_in().status == 200
    return customer


def test_an_organization_works_and_its_trail_knows_who_did_it(behind: Behind) -> None:
    for customer in (behind.acme, behind.globex):
        renamed = customer.call("PATCH", "organization/", {"name": f"{customer.slug} Ltd"})
        taken = [customer.call("POST", "quotas/executions/consumptions/", {"amount": 400}).status for _ in range(3)]
        assert (renamed.status, taken) == (200, [201, 201, 403])
        newest = customer.call("GET", "audit-logs/?action=organization.renamed").body["results"][0]
        assert (newest["actor"]["type"], newest["actor"]["label"]) == ("person", customer.address)
    with psycopg.connect(_as_superuser(behind)) as session:
        schemas = [each for (each,) in session.execute("SELECT schema_name FROM organizations").fetchall()]
        for schema in schemas:
            entries = session.execute(f"SELECT count(*) FROM {schema}.audit_logs WHERE source = 'unverified'")  # type: ignore[arg-type]  # ours
            assert entries.fetchone() == (0,)


def test_requests_go_through_the_pooler_and_the_owner_does_not(behind: Behind) -> None:
    users = {pool["user"] for pool in shown(behind.console, "POOLS")}
    with psycopg.connect(_as_superuser(behind)) as session:
        schemas = {each for (each,) in session.execute("SELECT schema_name FROM organizations").fetchall()}
    assert users - {"pgbouncer"} == {f"{PREFIX}_control", f"{PREFIX}_pgbouncer", *schemas}


def test_what_operators_do_works_as_without(behind: Behind) -> None:
    manage, acme = behind.platform.manage, behind.acme
    manage("set_plan", "acme", "pro", "--reason", "ordered")
    manage("suspend_organization", "acme", "--reason", "A drill")
    assert acme.call("GET", "me/").status == 403
    manage("restore_organization", "acme", "--reason", "A drill")
    wait_for(lambda: True if acme.log_in().status == 200 else None)  # who was suspended is believed for five seconds
    wait_for(lambda: acme.call("GET", "organization/").body.get("plan") == "pro" or None)
    manage("tenant_command", "check", "--schema", "acme", "--reason", "A drill")
    assert "2 organizations, 0 differences left." in manage("check_isolation")


def test_people_who_ask_at_once_see_their_own_organization_only(behind: Behind) -> None:
    customers = (behind.acme, behind.globex)

    def ask(number: int) -> tuple[Any, ...]:
        customer = customers[number % 2]
        answers = [customer.call("GET", "users/").body["results"] for _ in range(20)]
        return number % 2, {each["email"] for answer in answers for each in answer}

    assert at_once(ask, 8) == [(number % 2, {customers[number % 2].address}) for number in range(8)]


@pytest.fixture
def in_this_process(behind: Behind, settings: Any) -> Iterator[None]:
    """Have the backend of this process use that platform."""
    from tenants.isolation.server_capabilities import server_capabilities

    ours = shared_pool(settings.WORKIX.connection_cap)
    kept = settings.WORKIX
    for forget in (ours.clear, server_capabilities.cache_clear):
        forget()
    settings.WORKIX = kept.model_copy(
        update={
            "database_url": behind.cluster.owner,
            "pgbouncer": (behind.console.host, behind.console.port),
            "master_secret": Secret(SECRET),
            "role_prefix": PREFIX,
        }
    )
    yield
    settings.WORKIX = kept
    for forget in (ours.clear, server_capabilities.cache_clear):
        forget()


def test_transactions_of_everybody_at_once_are_each_in_their_own_schema(in_this_process: None) -> None:
    with acting_as_owner():
        there = organizations()
    owners = [owner.database().user] * 2

    def take_turns(thread: int) -> list[tuple[str, str, str, str]]:
        wrong = []
        for turn in range((OWNERS_TRANSACTIONS + TENANTS_REQUESTS) // THREADS):
            organization = there[(thread + turn) % 2]
            schema = organization.schema_name
            for scope, role, path, times in (
                (acting_as_owner(schema), owners[0], schema, turn % 5 < 2),
                (use_tenant(organization), schema, schema, turn % 5 >= 2),
                (use_platform(), control_role_name(), "public", turn % 10 == 0),
            ):
                if times:
                    with scope:
                        found = [_where(), *_where_in_a_transaction()]
                    wrong += [each for each in found if each != (role, role, path, "UTC")]
        return wrong

    assert at_once(take_turns, THREADS) == [[]] * THREADS


def _where() -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT session_user::text, current_user::text, current_schema::text, current_setting('TimeZone')"
        )
        found: tuple[Any, ...] = cursor.fetchone()
        return found


def _where_in_a_transaction() -> list[tuple[Any, ...]]:
    with transaction.atomic():
        return [_where(), _where()]


def test_what_a_select_set_of_its_session_is_gone_with_its_transaction(in_this_process: None) -> None:
    with acting_as_owner():
        acme = organizations()[0]

    def settings_now() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('statement_timeout'), current_setting('search_path'), current_user::text"
            )
            return list(cursor.fetchone())

    with use_tenant(acme), connection.cursor() as cursor:
        before = settings_now()
        with suppress(ProgrammingError):  # permission denied, where pg_catalog is closed
            cursor.execute(
                "SELECT set_config('statement_timeout', '0', false), set_config('search_path', 'pg_catalog', false)"
            )
        assert [settings_now() for _ in range(8)] == [before] * 8
    assert before == ["30s", '"$user", public, pg_temp', acme.schema_name]


def test_passwords_of_roles_rotate_behind_it_and_nobody_is_refused(in_this_process: None, settings: Any) -> None:
    with acting_as_owner():
        there = organizations()
    roles, before = [*login_roles(), *map(tenant_role, there)], settings.WORKIX

    def come_in(turn: int) -> set[str]:
        """Log in anew, at once with others, so that PgBouncer opens connections of its own, too."""
        shared_pool(before.connection_cap).clear()
        organization = there[turn % 2]
        with use_tenant(organization):
            found = [*_where_in_a_transaction(), _where()]
        return {each[0] for each in found} - {organization.schema_name}

    settings.WORKIX = before.model_copy(update={"role_secrets": Secret("a-new-secret-of-roles-" + "0123456789" * 2)})
    try:
        for moved in ([], roles[:4], roles):
            rotate(moved)
            assert at_once(come_in, THREADS) == [set()] * THREADS
    finally:
        settings.WORKIX = before
        rotate(roles)
    assert at_once(come_in, THREADS) == [set()] * THREADS


def test_only_verifiers_of_our_own_roles_are_told(behind: Behind) -> None:
    lookup = behind.cluster.owner.of_role(f"{PREFIX}_pgbouncer", Secret(PASSWORD))
    asked = (
        f"{PREFIX}_control",
        behind.cluster.owner.user,
        behind.cluster.superuser.user,
        f"{PREFIX}_pgbouncer",
        "nobody",
    )
    with psycopg.connect(lookup.url().reveal()) as session:
        told = [session.execute("SELECT name FROM pgbouncer.verifier_of(%s)", [role]).fetchall() for role in asked]
    assert told == [[(f"{PREFIX}_control",)], [], [], [], []]


@pytest.mark.parametrize(
    ("changes", "missing"),
    [({"connect_query": "SELECT 1"}, "DateStyle|statement_timeout"), ({"server_reset_query_always": "0"}, "work_mem")],
)
def test_a_pooler_that_does_not_keep_sessions_as_ours_is_refused_at_the_start(
    behind: Behind, changes: dict[str, str], missing: str
) -> None:
    closed = "WORKIX_SETUP_DATABASE_URL" in behind.platform.settings
    with pgbouncer(behind.cluster, **changes) as console:
        settings = dict(behind.platform.settings) | {"WORKIX_PGBOUNCER": f"{console.host}:{console.port}"}
        worker = replace(behind.platform, settings=settings)
        if closed and "connect_query" not in changes:
            worker.manage("run_worker", "--once")  # no SELECT can change anything
            return
        with pytest.raises(subprocess.CalledProcessError):
            worker.manage("run_worker", "--once")


def _as_superuser(behind: Behind) -> str:
    return replace(behind.cluster.superuser, name=behind.cluster.owner.name).url().reveal()
