"""POST /sandboxes/ and DELETE /sandboxes/{id}/: an organization for developers that ends by itself, and leaves no trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from psycopg.errors import CheckViolation
from pytest_django import Settings

from accounts import email_index
from tenants.jobs.periodic import remove_expired_sandboxes
from tenants.lifecycle import IsSandbox, set_plan
from tenants.plans import Plan
from tenants.resolution import find_by_slug, forget_all
from tenants.scope import use_tenant
from tests.acts import at_once, rows
from tests.cast import Api, Cast

pytestmark = pytest.mark.requirement("N11")

TABLES = (
    "SELECT c.relname FROM pg_class AS c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"
    " ORDER BY c.relname"
)
CATALOG = """
    SELECT 'schema', nspname FROM pg_namespace UNION ALL SELECT 'role', rolname FROM pg_roles
     UNION ALL SELECT 'member', member::regrole::text || roleid::regrole::text FROM pg_auth_members
     UNION ALL SELECT 'relation', oid::regclass::text FROM pg_class WHERE relnamespace <> 'pg_toast'::regnamespace
     UNION ALL SELECT 'function', oid::regprocedure::text FROM pg_proc
     UNION ALL SELECT 'setting', setrole::text || setconfig::text FROM pg_db_role_setting
     UNION ALL SELECT 'owner', refobjid::text || deptype::text FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass"""


def opened(**body: Any) -> Any:
    answer = Api().post("sandboxes/", body)
    assert answer.status == 201, answer.body
    return answer.body


def person(sandbox: Any, role: str) -> Any:
    return next(each for each in sandbox["people"] if each["role"] == role)


def as_(sandbox: Any, role: str) -> Api:
    return Api(person(sandbox, role)["access_token"])


def let_expire(sandbox: Any) -> None:
    rows(
        "UPDATE organizations SET sandbox_expires_at = created_at WHERE id = %(id)s::uuid",
        id=sandbox["organization"]["id"],
    )
    forget_all()


def test_everybody_in_it_can_work_at_once(database: None) -> None:
    sandbox = opened()
    assert [each["role"] for each in sandbox["people"]] == ["admin", "user", "viewer"]
    for role, status in {"admin": 201, "user": 403, "viewer": 403}.items():
        new = {"email": f"{role}@new.example", "role": "user", "password": "correct horse battery staple"}
        assert as_(sandbox, role).post("users/", new).status == status
    assert Api(sandbox["api_key"]).get("quotas/executions/").body["used"] == 137
    listed = as_(sandbox, "viewer").get("users/").body["results"]
    assert len(listed) == 7
    assert as_(sandbox, "admin").get("organization/").body["slug"] == sandbox["organization"]["slug"]
    uma = person(sandbox, "user")
    named = {"email": uma["email"], "password": uma["password"], "organization": sandbox["organization"]["slug"]}
    assert Api().post("auth/login/", named).status == 200
    assert Api().post("auth/refresh/", {"refresh": uma["refresh_token"]}).status == 200


def test_its_agent_tries_on_behalf_of_its_admin(database: None) -> None:
    sandbox = opened()
    new = {"email": "new@new.example", "role": "user", "password": "correct horse battery staple"}
    tried = Api(sandbox["agent_key"]).post("users/", new, Workix_Dry_Run="true", Workix_Reason="Somebody new comes.")
    assert (tried.status, tried.body["email"]) == (201, "new@new.example")


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Look at all rows of `public`, and at all that the catalogs name."""
    found = {table: rows(f"SELECT t::text FROM public.{table} AS t ORDER BY 1") for (table,) in rows(TABLES)}
    return found | {"catalog": rows(CATALOG)}


def test_it_is_removed_without_trace(acme: Any) -> None:
    rows("DELETE FROM attempts")
    before = everything()
    sandbox = opened(ttl=60)
    admin = as_(sandbox, "admin")
    admin.post("invitations/", {"email": "guest@real.example", "role": "user"})
    assert Api(sandbox["api_key"]).post("quotas/executions/consumptions/", {"amount": 3}).status == 201
    named = {
        "email": person(sandbox, "admin")["email"],
        "password": "wrong wrong wrong",
        "organization": sandbox["organization"]["slug"],
    }
    assert Api().post("auth/login/", named).status == 401
    let_expire(sandbox)
    assert admin.get("me/").status == 401
    remove_expired_sandboxes(0)
    after = everything()
    rest = {name: after[name] for name in after if after[name] != before[name]}
    assert sandbox["organization"]["id"] not in str(rest)
    assert (list(rest), mail.outbox) == (["attempts", "axes_accessattempt"], [])  # of the client, which are swept


def test_nothing_is_mailed_by_it_and_no_address_leads_to_it(run_jobs: Callable[[], None]) -> None:
    sandbox = opened()
    admin = as_(sandbox, "admin")
    assert admin.post("invitations/", {"email": "guest@real.example", "role": "user"}).status == 201
    new = {"email": "victim@real.example", "role": "user", "password": "correct horse battery staple"}
    assert admin.post("users/", new).status == 201
    asked = {"email": person(sandbox, "admin")["email"], "organization": sandbox["organization"]["slug"]}
    assert Api().post("auth/password-reset/", asked).status == 202
    organization = find_by_slug(sandbox["organization"]["slug"])
    assert organization is not None
    with use_tenant(organization):
        email_index.add("victim@real.example")
    run_jobs()
    assert (mail.outbox, email_index.organizations_of("victim@real.example")) == ([], [])


def test_its_admin_ends_it_at_once(database: None) -> None:
    sandbox, other = opened(), opened()
    path, admin = f"sandboxes/{sandbox['organization']['id']}/", as_(sandbox, "admin")
    assert [as_(sandbox, role).delete(path).status for role in ("user", "viewer")] == [403, 403]
    assert as_(other, "admin").delete(path).status == 404
    assert admin.delete(path).status == 204
    assert (admin.get("me/").status, Api(sandbox["api_key"]).get("quotas/").status) == (401, 401)
    remove_expired_sandboxes(0)
    assert rows("SELECT id::text FROM organizations WHERE sandbox_expires_at IS NOT NULL") == [
        (other["organization"]["id"],)
    ]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "users/", {"email": "n@new.example", "role": "user", "password": "correct horse battery staple"}),
        ("POST", "quotas/executions/consumptions/", {"amount": 1}),
        ("PATCH", "organization/", {"name": "New"}),
        ("GET", "organization/policies/", None),
    ],
)
def test_whoever_is_at_work_as_it_ends_is_told_so(database: None, method: str, path: str, body: Any) -> None:
    sandbox = opened()
    identity = sandbox["organization"]["id"]

    def end(execute: Callable[..., Any], statement: str, *given: Any) -> Any:
        """End it once whoever asks was found."""
        found = execute(statement, *given)
        if "FROM sessions" in statement:
            rows("UPDATE organizations SET deleted_at = now() WHERE id = %(id)s::uuid", id=identity)
        return found

    with connection.execute_wrapper(end):
        answer = as_(sandbox, "admin").call(method, f"/api/v1/{path}", body)
    assert (answer.status, answer.body["code"]) == (404, "not_found")
    ((schema,),) = rows("SELECT schema_name FROM organizations WHERE id = %(id)s::uuid", id=identity)
    assert rows(f"SELECT 1 FROM {schema}.audit_logs WHERE action = 'database.refused'") == []  # noqa: S608  # a name of ours


def test_an_organization_that_is_none_does_not_end(acme: Cast, alice: Api) -> None:
    assert alice.delete(f"sandboxes/{acme.organization.id}/").status == 404
    assert alice.get("me/").status == 200


def test_where_the_operator_lets_nobody_there_is_none(anonymous: Api, settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"sandboxes": 0})
    refused = anonymous.post("sandboxes/")
    assert (refused.status, refused.body["code"]) == (403, "sandboxes_closed")


@pytest.mark.parametrize("ttl", [0, 59, 86_401, -1, "soon", 2**63 - 1, None, True])
def test_it_lasts_for_a_minute_to_a_day(anonymous: Api, ttl: Any) -> None:
    refused = anonymous.post("sandboxes/", {"ttl": ttl})
    assert (refused.status, refused.body["errors"][0]["field"]) == (400, "ttl")


def test_an_address_opens_so_many_in_an_hour(anonymous: Api, settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"sandboxes_per_hour": 1})
    first, second = anonymous.post("sandboxes/"), anonymous.post("sandboxes/")
    assert (first.status, second.status, second.body["code"]) == (201, 429, "rate_limited")
    assert first.headers["RateLimit"].startswith('"sandboxes";r=0;')


@pytest.mark.fault("A6")
def test_of_many_at_once_no_more_get_one_than_there_may_be(database: None, settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"sandboxes": 2})
    answers = at_once(lambda _: Api().post("sandboxes/"), 4)
    assert sorted(answer.status for answer in answers) == [201, 201, 429, 429]
    full = Api().post("sandboxes/")
    assert (full.status, full.body["code"], 3500 < int(full.headers["Retry-After"]) <= 3600) == (
        429,
        "sandboxes_full",
        True,
    )


def test_none_becomes_a_customer(database: None) -> None:
    sandbox = opened()
    slug = sandbox["organization"]["slug"]
    with pytest.raises(IsSandbox):
        set_plan(slug, Plan.PRO, reason="They asked.")
    for change in ("plan = 'pro'", "sandbox_expires_at = created_at + '25 hours'::interval", "slug = 'real'"):
        with pytest.raises(CheckViolation):
            rows(f"UPDATE organizations SET {change} WHERE slug = %(slug)s", slug=slug)
    admin = {"email": "ida@initech.example", "password": "correct horse battery staple"}
    taken = Api().post("organizations/", {"name": "Initech", "slug": "sandbox-initech", "admin": admin})
    assert (taken.status, taken.body["errors"][0]["code"]) == (400, "reserved_slug")
