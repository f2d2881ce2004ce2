"""Provisioning an organization: everything is there, or nothing is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, connection

from accounts.signup import FirstAdmin, open_with_admin
from tenants.isolation.database_roles import tenants_group
from tenants.models import Organization
from tenants.plans import Plan
from tenants.provisioning import SlugTaken, open_organization
from tenants.signals import organization_opening
from tests.acts import rows
from tests.cast import PASSWORD, Api
from tests.database import superuser
from tests.environment import CLUSTER
from workix.core.current import Current
from workix.core.errors import Invalid


def ida(email: str = "Ida@Initech.example") -> FirstAdmin:
    return FirstAdmin(email, make_password(PASSWORD), "Ida", "Initech")


def open_initech(**changes: Any) -> Organization:
    return open_with_admin(**({"name": "Initech", "slug": "initech", "admin": ida()} | changes))


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Look at all that an opening could leave behind."""
    tables = ("organizations", "domains", "quotas", "email_index", "procrastinate_jobs")
    found = {table: rows(f"SELECT to_jsonb(t) - 'id' FROM {table} AS t ORDER BY t::text") for table in tables}
    found["schemas"] = rows("SELECT nspname FROM pg_namespace WHERE nspname ~ '^org_' ORDER BY 1")
    return found


@pytest.mark.requirement("S6")
def test_the_row_and_the_host_are_there(database: None) -> None:
    made = open_initech(plan=Plan.PRO)
    assert rows(
        "SELECT name, slug, plan, status, is_active, max_users, max_pipelines, max_executions_per_month,"
        " schema_name, credential_version, deleted_at FROM organizations WHERE id = %(id)s",
        id=made.id,
    ) == [("Initech", "initech", "pro", "pending", False, 50, 100, 50_000, f"org_{made.id.hex}", 1, None)]
    assert rows("SELECT host, is_primary FROM domains WHERE organization_id = %(id)s", id=made.id) == [
        ("initech.localhost", True)
    ]


@pytest.mark.requirement("S7")
def test_its_role_may_log_in_and_has_no_power(database: None) -> None:
    role = open_initech().schema_name
    attributes = rows(
        "SELECT rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolconnlimit,"
        " rolvaliduntil FROM pg_roles WHERE rolname = %(role)s",
        role=role,
    )
    assert attributes == [(True, False, False, False, False, False, 40, None)]
    member_of = (
        "SELECT g.rolname, m.admin_option FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid"
        " JOIN pg_roles AS r ON r.oid = m.member WHERE r.rolname = %(role)s"
    )
    assert rows(member_of, role=role) == [(tenants_group(), False)]
    assert (
        rows("SELECT 1 FROM pg_class AS c JOIN pg_roles AS r ON r.oid = relowner WHERE rolname = %(role)s", role=role)
        == []
    )


@pytest.mark.requirement("S7")
def test_its_schema_is_the_owners_and_its_role_has_the_declared_grants(database: None) -> None:
    schema = open_initech().schema_name
    owned = (
        "SELECT DISTINCT r.rolname FROM pg_class AS c JOIN pg_roles AS r ON r.oid = relowner"
        " WHERE relnamespace = %(s)s::regnamespace"
    )
    assert rows(owned, s=schema) == [(CLUSTER.owner.user,)]
    grants = (
        "SELECT table_name::text, array_agg(privilege_type::text ORDER BY privilege_type)"
        " FROM information_schema.role_table_grants"
        " WHERE grantee = %(s)s AND table_schema = %(s)s GROUP BY 1 ORDER BY 1"
    )
    every = ["DELETE", "INSERT", "SELECT", "UPDATE"]
    assert dict(rows(grants, s=schema)) == {
        "idempotency_keys": every,
        **{f"audit_{key}": ["SELECT"] for key in ("checkpoints", "leaves", "logs", "prunings", "subtrees")},
        **{key: ["SELECT"] for key in ("agent_deletions", "agent_rows")},
        "django_session": every,
        **dict.fromkeys(("agent_usage", "agents", "api_keys", "proposals"), every),
        "compliance_reports": every,
        "email_tokens": every,
        "erasures": ["INSERT", "SELECT"],
        "external_identities": every,
        "former_passwords": ["DELETE", "INSERT", "SELECT"],
        "identity_providers": every,
        "invitations": every,
        "login_challenges": every,
        "passkeys": every,
        **dict.fromkeys(("privacy_export_parts", "privacy_exports"), every),
        "recovery_codes": every,
        "role_members": every,
        "roles": every,
        "second_factors": every,
        **{key: ["INSERT", "SELECT", "UPDATE"] for key in ("approval_policies", "security_policies")},
        "sessions": every,
        "sign_ons": every,
        "spent_passkey_challenges": every,
        "users": every,
        "webhook_endpoints": every,
    }


@pytest.mark.requirement("S35")
def test_rows_of_another_organization_cannot_even_be_put_there_by_a_superuser(database: None) -> None:
    schema = open_initech().schema_name
    checked = (
        "SELECT conrelid::regclass::text FROM pg_constraint WHERE conname = 'belongs_to_this_organization'"
        " AND connamespace = %(s)s::regnamespace ORDER BY 1"
    )
    assert rows(checked, s=schema) == [
        (f"{schema}.approval_policies",),
        (f"{schema}.audit_logs",),
        (f"{schema}.security_policies",),
        (f"{schema}.users",),
    ]
    with superuser() as behind, pytest.raises(Exception, match="belongs_to_this_organization"):
        behind.execute(f"UPDATE {schema}.users SET organization_id = gen_random_uuid()")  # type: ignore[call-overload]


@pytest.mark.requirement("S8")
def test_its_quotas_are_those_of_its_plan_with_a_seat_taken(database: None) -> None:
    made = open_initech()
    found = rows(
        'SELECT resource, "limit", used, reserved, period FROM quotas WHERE organization_id = %(id)s ORDER BY 1',
        id=made.id,
    )
    assert found == [
        ("executions", 1_000, 0, 0, "month"),
        ("pipelines", 10, 0, 0, "none"),
        ("users", 5, 1, 0, "none"),
    ]


def test_its_first_admin_waits_for_a_confirmation_and_is_in_no_index_before(database: None) -> None:
    made = open_initech()
    found = rows(
        f"SELECT organization_id, email, first_name, last_name, role, is_active, email_confirmed_at FROM {made.schema_name}.users"
    )
    assert found == [(made.id, "ida@initech.example", "Ida", "Initech", "admin", True, None)]
    assert rows("SELECT 1 FROM email_index WHERE organization_id = %(id)s", id=made.id) == []
    ((queue, task, arguments),) = rows("SELECT queue_name, task_name, args FROM procrastinate_jobs")
    ((user_id,),) = rows(f"SELECT id::text FROM {made.schema_name}.users")
    assert (queue, task, arguments["organization_id"], arguments["user_id"]) == (
        "mails",
        "accounts.send_confirmation_mail",
        str(made.id),
        user_id,
    )


@pytest.mark.requirement("S9")
def test_its_trail_begins_with_the_opening_and_says_who_from_where(anonymous: Api) -> None:
    body = {"name": "Initech", "slug": "initech", "admin": {"email": "Ida@Initech.example", "password": PASSWORD}}
    made = anonymous.post("organizations/", body, User_Agent="curl/8", X_Request_ID="an-opening-1").body
    schema = f"org_{made['id'].replace('-', '')}"
    ((user_id,),) = rows(f"SELECT id FROM {schema}.users")
    found = rows(
        "SELECT action, resource_type, resource_id, organization_id::text, actor_type, actor_id, user_id, actor_label,"
        f" ip_address, user_agent, request_id, source FROM {schema}.audit_logs ORDER BY created_at"
    )
    who = (made["id"], "person", user_id, user_id, "ida@initech.example", "127.0.0.1", "curl/8", "an-opening-1")
    assert found == [
        ("user.created", "user", str(user_id), *who, "trigger"),
        ("organization.opened", "organization", made["id"], *who, "application"),
    ]
    assert rows(f"SELECT changes FROM {schema}.audit_logs WHERE action = 'organization.opened'") == [
        (
            {
                "name": "Initech",
                "slug": "initech",
                "plan": "free",
                "quotas": {"users": 5, "pipelines": 10, "executions": 1_000},
            },
        )
    ]


attempted: list[str] = []


class Broken(Exception):
    """What goes wrong in these tests."""


def failing(organization: Organization) -> None:
    """Fail where everything but the last entry is done."""
    assert Current.organization is organization
    attempted.append(organization.schema_name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM users")
        assert cursor.fetchone() == (0,)
    raise Broken


@contextmanager
def receiver(work: Callable[..., None]) -> Iterator[None]:
    organization_opening.connect(work)
    try:
        yield
    finally:
        organization_opening.disconnect(work)


@pytest.mark.requirement("S7")
def test_an_opening_that_fails_at_its_end_leaves_nothing_and_succeeds_the_next_time(database: None) -> None:
    before = everything()
    with pytest.raises(Broken):
        open_organization(name="Initech", slug="initech", populate=failing)
    assert everything() == before
    assert rows("SELECT 1 FROM pg_roles WHERE rolname = %(role)s", role=attempted.pop()) == []
    open_initech()
    assert len(everything()["schemas"]) == len(before["schemas"]) + 1


def test_an_opening_waits_for_others_longer_than_for_locks_that_readers_wait_for(database: None) -> None:
    shown: list[tuple[str]] = []

    def look(sender: object, **kwargs: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            shown.append(cursor.fetchone())

    with receiver(look):
        open_initech()
    assert shown == [("10s",)]


def test_an_opening_that_fails_on_another_floor_leaves_nothing(database: None) -> None:
    def refuse(sender: object, organization: Organization, **kwargs: Any) -> None:
        attempted.append(organization.schema_name)
        raise Broken

    before = everything()
    with receiver(refuse), pytest.raises(Broken):
        open_initech()
    assert everything() == before
    assert rows("SELECT 1 FROM pg_roles WHERE rolname = %(role)s", role=attempted.pop()) == []


def test_an_admin_that_the_database_refuses_leaves_nothing(database: None) -> None:
    before = everything()
    with pytest.raises(IntegrityError):
        open_organization(name="I", slug="initech", populate=lambda _: _insert_unknown_role())
    assert everything() == before


def _insert_unknown_role() -> None:
    from accounts.models import User

    User.objects.create(email="x@initech.example", password="x", role="emperor")


def test_a_taken_slug_leaves_nothing(database: None) -> None:
    open_initech()
    before = everything()
    with pytest.raises(SlugTaken):
        open_initech()
    assert everything() == before


def test_an_illegal_slug_is_refused_before_anything_is_done(database: None) -> None:
    before = everything()
    with pytest.raises(Invalid):
        open_initech(slug="www")
    assert everything() == before


@pytest.mark.requirement("S7")
def test_an_opened_organization_can_be_used_at_once(database: None) -> None:
    from accounts.models import User
    from tenants.scope import use_tenant

    made = open_initech()
    with use_tenant(made):
        assert [user.email for user in User.objects.all()] == ["ida@initech.example"]
