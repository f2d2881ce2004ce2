"""An organization whose removal has begun (a crash may leave its row, with `deleted_at`): it is nowhere any more."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from psycopg.errors import ForeignKeyViolation

from accounts.email_index import home_of, organizations_of
from tenants import lifecycle, resolution
from tenants.isolation import roles
from tenants.isolation.database_roles import tenant_role
from tenants.lifecycle import NoSuchOrganization
from tenants.plans import Plan
from tenants.resolution import forget_all
from tenants.schema import rollback, rollout
from tests.acts import rows
from tests.browsers import Browser
from tests.cast import OTTO, PASSWORD, Api, Cast, hire_otto

GINA = "gina@globex.example"


@pytest.fixture
def gone(acme: Cast, globex: Cast) -> Cast:
    """Globex, as a removal leaves it that was interrupted after its first step."""
    assert [slug for (slug,) in rows("SELECT slug FROM organizations ORDER BY slug")] == ["acme", "globex"]
    rows("UPDATE organizations SET deleted_at = now() WHERE slug = 'globex'")
    forget_all()
    return globex


def said_by(command: str, *options: str) -> str:
    said = io.StringIO()
    call_command(command, *options, stdout=said)
    return said.getvalue()


FOUND_BY: dict[str, Callable[[Cast], Any]] = {
    "host": lambda cast: resolution.find_by_host(cast.host),
    "id": lambda cast: resolution.find_by_id(cast.organization.id),
    "slug": lambda cast: resolution.find_by_slug("globex"),
    "schema": lambda cast: resolution.find_by_schema(cast.organization.schema_name),
    "address": lambda cast: home_of(GINA),
}


@pytest.mark.parametrize("look_up", FOUND_BY.values(), ids=FOUND_BY)
def test_no_look_up_leads_to_it(gone: Cast, look_up: Callable[[Cast], Any]) -> None:
    assert look_up(gone) is None
    rows("UPDATE organizations SET deleted_at = NULL WHERE slug = 'globex'")
    forget_all()
    assert look_up(gone) == gone.organization


LISTED_BY: dict[str, Callable[[], list[str]]] = {
    "an address": lambda: [each.slug for each in organizations_of(GINA)],
    "the roll-out": lambda: [each.slug for each in rollout.organizations()],
    "list_organizations": lambda: [each["slug"] for each in json.loads(said_by("list_organizations", "--json"))],
}


@pytest.mark.parametrize("listed", LISTED_BY.values(), ids=LISTED_BY)
def test_no_list_has_it(gone: Cast, listed: Callable[[], list[str]]) -> None:
    assert "globex" not in listed()
    rows("UPDATE organizations SET deleted_at = NULL WHERE slug = 'globex'")
    forget_all()
    assert "globex" in listed()


ACTS: dict[str, Callable[[], Any]] = {
    "suspend": lambda: lifecycle.suspend("globex", reason="x"),
    "set_plan": lambda: lifecycle.set_plan("globex", Plan.PRO, reason="x"),
    "remove": lambda: lifecycle.remove("globex", reason="x"),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_operators_do_nothing_to_it_by_its_slug(gone: Cast, act: Callable[[], Any]) -> None:
    with pytest.raises(NoSuchOrganization):
        act()


def test_a_roll_back_leaves_it_alone(gone: Cast) -> None:
    schemas = [each for (each,) in rows(rollback._ORGANIZATIONS)]
    assert (gone.organization.schema_name in schemas, len(schemas)) == (False, 1)


def test_its_people_and_their_tokens_get_in_nowhere(gina: Api, gone: Cast) -> None:
    assert gina.get("me/").status == 401
    assert Api(gina.access, gone.host).get("me/").body["code"] == "unknown_host"
    body = {"email": GINA, "password": PASSWORD}
    for named in ({}, {"organization": "globex"}):
        assert Api().post("auth/login/", body | named).body["code"] == "invalid_credentials"


def test_the_console_does_not_show_it(gone: Cast) -> None:
    hire_otto()
    otto = Browser()
    otto.log_in(OTTO)
    assert "Globex" not in otto.get("/admin/tenants/organization/").words


def test_a_removal_that_fails_at_its_last_statement_takes_nothing_away(acme: Cast, globex: Cast) -> None:
    """What keeps its row: somebody's table of another platform's, say, that refers to it."""
    counted = "SELECT count(*) FROM pg_tables WHERE schemaname = (SELECT schema_name FROM organizations WHERE slug = 'globex')"
    before = rows(counted)
    rows("CREATE TABLE invoices (whose uuid REFERENCES organizations)")
    rows("INSERT INTO invoices SELECT id FROM organizations WHERE slug = 'globex'")
    try:
        lifecycle.suspend("globex", reason="x")
        with pytest.raises(ForeignKeyViolation):
            lifecycle.remove("globex", reason="x")
        assert (
            rows(counted),
            rows("SELECT count(*) FROM domains WHERE organization_id = (SELECT whose FROM invoices)"),
        ) == (
            before,
            [(1,)],
        )
    finally:
        rows("DROP TABLE invoices")
        rows("UPDATE organizations SET deleted_at = NULL")
        assert roles.repair(tenant_role(globex.organization))  # a removal shuts it out first
