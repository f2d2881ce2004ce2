"""Resources of an app on live organizations: a roll-out gives everybody their quotas, and counts the rows that are there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from psycopg import sql

from accounts.models import Session
from quotas.consumption import CountedByPlatform, QuotaExceeded, consume, release, taking
from quotas.counted import COUNTED, counted
from quotas.reservations import reserve
from tenants.isolation import owner, schema_objects
from tenants.isolation.database_roles import tenant_role
from tenants.provisioning import open_organization
from tenants.schema.rollout import organizations, roll_out
from tenants.scope import use_tenant
from tests.acts import at_once, rows
from tests.cast import Api, Cast
from workix.core import triggers
from workix.core.apps import resources
from workix.core.current import Actor, Current
from workix.core.errors import NotFound
from workix.core.resources import MONTHLY, STOCK, Resource

CONNECTORS = Resource("connectors", STOCK, {"free": 3, "pro": 30}, by_services=True)
EXPORTS = Resource("exports", MONTHLY, {"free": 3, "pro": 30})
SESSION = (
    "INSERT INTO sessions (id, user_id, refresh_hash, expires_at, ip_address, user_agent, last_seen_at, created_at,"
    " updated_at) SELECT gen_random_uuid(), (SELECT id FROM users LIMIT 1), gen_random_uuid(), now(), '', '', now(), now(),"
    " now() FROM generate_series(1, %(count)s)"
)


@pytest.fixture
def connectors(database: None) -> Iterator[None]:
    with declared(CONNECTORS):
        yield


@pytest.fixture
def exports(database: None) -> Iterator[None]:
    with declared(EXPORTS):
        yield


@contextmanager
def declared(resource: Resource) -> Iterator[None]:
    """Let an app declare another resource, for as long as the test runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apps.get_app_config("accounts"), "resources", (resource,))
        resources.cache_clear()
        yield
    resources.cache_clear()


@contextmanager
def counting(resource: str) -> Iterator[None]:
    """Let the rows of sessions, which are not soft-deleted, count as `resource` inside the block."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(COUNTED, Session, "")
        patch.setitem(triggers._DECLARED, Session, [])
        counted(resource)(Session)
        yield
    with owner.connect() as connection:
        for organization in organizations():
            for *_, statement in schema_objects.undeclared_triggers(connection, organization.schema_name):
                connection.execute(statement)


def rolled_out() -> None:
    assert [outcome.error for outcome in roll_out()] == ["", ""]


def quota(cast: Cast, resource: str = "connectors") -> tuple[int, int]:
    query = 'SELECT "limit", used FROM quotas WHERE organization_id = %(id)s AND resource = %(name)s'
    ((limit, used),) = rows(query, id=cast.organization.id, name=resource)
    return limit, used


@pytest.mark.requirement("S8")
def test_a_roll_out_gives_every_organization_the_quotas_it_lacks(connectors: None, acme: Cast, globex: Cast) -> None:
    rows("UPDATE organizations SET plan = 'enterprise' WHERE slug = 'globex'")
    before = rows("SELECT id FROM quotas")
    rolled_out()
    assert (quota(acme), quota(globex)) == ((3, 0), (30, 0))
    assert len(rows("SELECT id FROM quotas")) == len(before) + 2
    written = rows("SELECT id, xmin::text FROM quotas ORDER BY id")
    rolled_out()
    assert rows("SELECT id, xmin::text FROM quotas ORDER BY id") == written, (
        "where nothing is missing, nothing is written"
    )


def test_limits_of_its_own_that_an_organization_has_are_what_a_missing_quota_grants(database: None, acme: Cast) -> None:
    rows("UPDATE organizations SET max_pipelines = 77 WHERE slug = 'acme'")
    rows("DELETE FROM quotas WHERE resource = 'pipelines'")
    rolled_out()
    assert quota(acme, "pipelines") == (77, 0)


def test_an_organization_that_is_being_removed_is_granted_nothing_any_more(
    connectors: None, acme: Cast, globex: Cast
) -> None:
    rows("UPDATE organizations SET deleted_at = now() WHERE slug = 'globex'")
    assert [outcome.error for outcome in roll_out()] == [""]
    found = rows("SELECT organization_id FROM quotas WHERE resource = 'connectors'")
    rows("UPDATE organizations SET deleted_at = NULL WHERE slug = 'globex'")
    assert found == [(acme.organization.id,)]


@pytest.mark.requirement("S8")
def test_a_new_organization_begins_with_what_its_plan_grants(connectors: None, acme: Cast) -> None:
    opened = open_organization(name="Initech", slug="initech", populate=lambda _: None)
    granted = rows('SELECT resource, "limit", used FROM quotas WHERE organization_id = %(id)s ORDER BY 1', id=opened.id)
    assert granted == [("connectors", 3, 0), ("executions", 1_000, 0), ("pipelines", 10, 0), ("users", 5, 0)]


@pytest.mark.requirement("S8")
def test_a_plan_grants_its_limit_of_an_apps_resource(connectors: None, acme: Cast, globex: Cast, alice: Api) -> None:
    rolled_out()
    call_command("set_plan", "acme", "pro", "--reason", "upgrade")
    assert (quota(acme), quota(globex)) == ((30, 0), (3, 0))
    assert [each["resource"] for each in alice.get("quotas/").body["results"]] == [
        "connectors",
        "executions",
        "pipelines",
        "users",
    ]


@pytest.mark.requirement("N4")
def test_what_no_app_counts_is_consumed_and_released_by_id(connectors: None, acme: Cast, alice: Api) -> None:
    rolled_out()
    taken = alice.post("quotas/connectors/consumptions/", {"amount": 2}).body
    assert alice.post("quotas/connectors/consumptions/", {"amount": 2}).body["code"] == "quota_exceeded"
    released = alice.post("quotas/connectors/releases/", {"consumption": taken["id"]})
    assert (taken["used"], released.body["used"]) == (2, 0)


def test_what_nobody_declares_any_more_is_not_there(acme: Cast, alice: Api) -> None:
    before = alice.get("quotas/").body
    rows("UPDATE quotas SET resource = 'forgotten' WHERE resource = 'pipelines'")
    after = alice.get("quotas/").body
    assert after["results"] == [each for each in before["results"] if each["resource"] != "pipelines"]
    assert alice.get("quotas/forgotten/").status == 404
    with use_tenant(acme.organization), pytest.raises(NotFound):
        consume("forgotten")


@pytest.mark.requirement("N4")
def test_rows_that_were_there_before_they_counted_are_counted(connectors: None, acme: Cast, globex: Cast) -> None:
    rows("DELETE FROM sessions", acme)
    rows(SESSION, acme, count=5)
    ((elsewhere,),) = rows("SELECT count(*) FROM sessions", globex)
    with counting("connectors"):
        rolled_out()
        assert (quota(acme), quota(globex)) == ((3, 5), (3, elsewhere)), "more than the limit is there, and stays"
        with use_tenant(acme.organization):
            with pytest.raises(QuotaExceeded), taking("connectors"):
                _add_a_session(acme)
            Session.objects.all().delete()
            assert quota(acme) == (3, 0)
            _add_a_session(acme)
            with pytest.raises(CountedByPlatform):
                consume("connectors")
        assert quota(acme) == (3, 1)


@pytest.mark.requirement("N4")
def test_an_app_may_take_over_what_services_counted(acme: Cast, alice: Api) -> None:
    taken = alice.post("quotas/pipelines/consumptions/", {"amount": 4}).body
    rows("DELETE FROM sessions", acme)
    rows(SESSION, acme, count=2)
    with counting("pipelines"):
        rolled_out()
        assert quota(acme, "pipelines") == (10, 2)
        with use_tenant(acme.organization):
            for act in (lambda: consume("pipelines"), lambda: release("pipelines", taken["id"])):
                with pytest.raises(CountedByPlatform, match="Pipelines are counted by the platform itself"):
                    act()
    assert quota(acme, "pipelines") == (10, 2)


@pytest.mark.requirement("S131")
@pytest.mark.requirement("N4")
def test_the_trigger_of_an_earlier_release_gives_way_while_people_come_and_go(acme: Cast) -> None:
    """Nothing is counted twice and nothing is missed: the one goes and the other comes in one transaction."""
    schema = acme.organization.schema_name
    rows(
        "DROP TRIGGER count_rows ON users; CREATE TRIGGER count_seats AFTER INSERT OR DELETE OR UPDATE OF deleted_at"
        " ON users FOR EACH ROW EXECUTE FUNCTION public.count_rows()",
        acme,
    )
    rows("UPDATE quotas SET \"limit\" = 1000 WHERE resource = 'users'")

    def work(number: int) -> None:
        with owner.connect(tenant_role(acme.organization).address(owner.database())) as raw:
            for _ in range(30):
                _come_and_go(raw, schema)

    def replace(number: int) -> None:
        with owner.connect() as connection:
            schema_objects.apply(connection, tenant_role(acme.organization), acme.organization.id)

    at_once(lambda number: replace(number) if number == 0 else work(number), 5)
    counting = rows(
        "SELECT tgname::text FROM pg_trigger WHERE tgrelid = 'users'::regclass AND tgname LIKE 'count%%'", acme
    )
    ((there,),) = rows("SELECT count(*) FROM users WHERE deleted_at IS NULL", acme)
    assert (counting, quota(acme, "users")) == ([("count_rows",)], (1_000, there))


def _come_and_go(raw: psycopg.Connection, schema: str) -> None:
    people, name = sql.Identifier(schema, "users"), f"{uuid4().hex}@acme.example"
    raw.execute(
        sql.SQL(
            "INSERT INTO {} (id, created_at, updated_at, email, password_hash, first_name, last_name, role, is_active)"
            " VALUES (gen_random_uuid(), now(), now(), %s, '', '', '', 'user', true)"
        ).format(people),
        [name],
    )
    raw.execute(sql.SQL("UPDATE {} SET deleted_at = now() WHERE email = %s").format(people), [name])
    raw.execute(sql.SQL("UPDATE {} SET deleted_at = NULL WHERE email = %s").format(people), [name])


def _add_a_session(cast: Cast) -> Any:
    moment, alice = "2030-01-01T00:00:00Z", cast.people["alice"]
    return Session.objects.create(user=alice, refresh_hash=uuid4().hex, expires_at=moment, last_seen_at=moment)


def test_what_an_app_takes_itself_no_admin_takes_or_gives_back_over_the_api(
    acme: Cast, alice: Api, exports: None
) -> None:
    """An admin reads in the trail the id of what was taken; with it the counter could be wound back."""
    call_command("migrate", "--quiet")
    person = acme.people["alice"]
    with use_tenant(acme.organization), Current.scoped(actor=Actor("person", person.id, person.email)):
        taken, held = consume("exports", 2), reserve("exports", 1, ttl=timedelta(minutes=1))
    refused = [
        alice.post("quotas/exports/consumptions/", {"amount": 1}),
        alice.post("quotas/exports/releases/", {"consumption": str(taken.id)}),
        alice.post("quotas/exports/reservations/", {"amount": 1}),
        alice.post(f"quotas/reservations/{held.id}/commit/", {}),
        alice.post(f"quotas/reservations/{held.id}/release/"),
    ]
    assert [(each.status, each.body["code"]) for each in refused] == [(409, "conflict")] * 5
    balance = alice.get("quotas/exports/").body
    assert (balance["used"], balance["reserved"]) == (2, 1)
    with use_tenant(acme.organization):
        assert release("exports", taken.id, of_anybody=True).used == 0
