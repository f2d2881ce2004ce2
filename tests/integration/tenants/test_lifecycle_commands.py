"""manage.py suspend_organization, restore_organization and set_plan: acts of operators, recorded in the organization's trail."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from audit.recording import record
from tenants.isolation import removal
from tenants.isolation.drift import repair_roles
from tenants.lifecycle import NotRemoved, remove_due
from tenants.provisioning import open_organization
from tenants.schema.rollout import organizations
from tenants.scope import use_tenant
from tenants.signals import organization_entitled
from tests.acts import rows
from tests.cast import Api, Cast
from tests.database import superuser


def run(command: str, *arguments: str) -> str:
    said = io.StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue().strip()


def newest(api: Api) -> dict[str, Any]:
    entry: dict[str, Any] = api.get("audit-logs/?page_size=1").body["results"][0]
    return {key: entry[key] for key in ("action", "changes", "reason")}


def test_a_suspended_organization_is_shut_out_until_it_is_restored(acme: Cast, alice: Api, gina: Api) -> None:
    assert run("suspend_organization", "acme", "--reason", "unpaid") == "Acme is suspended."
    assert (alice.get("me/").body["code"], gina.get("me/").status) == ("organization_suspended", 200)
    assert run("restore_organization", "acme", "--reason", "paid") == "Acme is active."
    assert newest(alice) == {
        "action": "organization.restored",
        "changes": {"status": ["suspended", "active"]},
        "reason": "paid",
    }
    assert alice.get("me/").status == 200


@pytest.mark.parametrize(
    ("command", "status"),
    [("suspend_organization", "suspended"), ("restore_organization", "active"), ("restore_organization", "pending")],
)
def test_what_is_so_already_is_refused(acme: Cast, command: str, status: str) -> None:
    rows("UPDATE organizations SET status = %(status)s WHERE slug = 'acme'", status=status)
    with pytest.raises(CommandError, match="Acme is "):
        run(command, "acme", "--reason", "x")
    assert rows("SELECT status FROM organizations WHERE slug = 'acme'") == [(status,)]


@pytest.mark.parametrize(
    "arguments",
    [
        ("suspend_organization", "nowhere", "--reason", "x"),
        ("restore_organization", "nowhere", "--reason", "x"),
        ("set_plan", "nowhere", "pro", "--reason", "x"),
    ],
)
def test_an_organization_that_is_not_there_is_named_as_such(acme: Cast, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="There is no organization with this slug"):
        run(*arguments)


@pytest.mark.requirement("S8")
def test_a_plan_grants_its_limits_from_the_next_call(acme: Cast, alice: Api) -> None:
    assert run("set_plan", "acme", "pro", "--reason", "upgrade") == (
        "Acme has the plan pro: 50 users, 100 pipelines, 50000 executions."
    )
    limits = {each["resource"]: (each["limit"], each["used"]) for each in alice.get("quotas/").body["results"]}
    assert limits == {"users": (50, 3), "pipelines": (100, 0), "executions": (50_000, 0)}
    assert newest(alice) == {
        "action": "organization.plan_changed",
        "changes": {"plan": ["free", "pro"], "users": [5, 50], "pipelines": [10, 100], "executions": [1_000, 50_000]},
        "reason": "upgrade",
    }
    role = acme.organization.schema_name
    share = (
        "SELECT rolconnlimit, 'statement_timeout=45s' = ANY (setconfig), 'temp_file_limit=512MB' = ANY (setconfig)"
        " FROM pg_roles JOIN pg_db_role_setting ON setrole = pg_roles.oid WHERE rolname = %(role)s"
    )
    assert rows(share, role=role) == [(60, True, True)]
    assert run("set_plan", "acme", "free", "--reason", "and back")
    assert repair_roles(organizations()) == ()


@pytest.mark.fault("E1")
@pytest.mark.parametrize("limit", ["-3", "2147483648", "4294967296", f"{10**20}", "9" * 5_000, "1e3"])
@pytest.mark.parametrize("name", ["users", "pipelines", "executions"])
def test_a_limit_that_no_column_holds_is_refused_in_a_sentence(acme: Cast, name: str, limit: str) -> None:
    before = rows("SELECT to_jsonb(o)::text FROM organizations AS o ORDER BY id")
    with pytest.raises(CommandError, match="use a whole number from 0 to 2,147,483,647"):
        run("set_plan", "acme", "pro", "--reason", "x", f"--{name}", limit)
    with pytest.raises(CommandError, match=f"The limit of {name} is a number from 0 to 2,147,483,647"):
        call_command("set_plan", "acme", "pro", reason="x", **{name: -3})
    assert rows("SELECT to_jsonb(o)::text FROM organizations AS o ORDER BY id") == before


@pytest.mark.fault("E1")
@pytest.mark.parametrize("number", ["0", "-1", "101", f"{10**20}", "x"])
def test_a_worker_does_no_more_at_once_than_it_has_connections_for(database: None, number: str) -> None:
    with pytest.raises(CommandError, match="use a whole number from 1 to 100"):
        run("run_worker", "--once", "--concurrency", number)


def test_limits_can_be_agreed_one_by_one(acme: Cast, alice: Api) -> None:
    assert run("set_plan", "acme", "enterprise", "--users", "3", "--reason", "x") == (
        "Acme has the plan enterprise: 3 users, 100 pipelines, 50000 executions."
    )
    body = {"email": "carol@acme.example", "password": "correct horse battery staple"}
    assert alice.post("users/", body).body["code"] == "quota_exceeded"


def test_an_act_waits_longer_for_its_row_than_for_locks_that_readers_wait_for(acme: Cast) -> None:
    shown: list[tuple[str]] = []

    def look(sender: object, **kwargs: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            shown.append(cursor.fetchone())

    organization_entitled.connect(look)
    try:
        run("set_plan", "acme", "pro", "--reason", "ordered")
    finally:
        organization_entitled.disconnect(look)
    assert shown == [("5s",)]


@pytest.mark.fault("C11")
def test_a_restored_organization_is_what_it_was_before(acme: Cast, alice: Api) -> None:
    rows("UPDATE organizations SET status = 'pending' WHERE slug = 'acme'")
    assert run("suspend_organization", "acme", "--reason", "looks odd") == "Acme is suspended."
    assert run("restore_organization", "acme", "--reason", "is fine") == "Acme is waiting for confirmation."
    rows("UPDATE organizations SET status = 'active' WHERE slug = 'acme'")
    for _ in range(2):
        run("suspend_organization", "acme", "--reason", "unpaid")
        assert run("restore_organization", "acme", "--reason", "paid") == "Acme is active."


@pytest.mark.fault("C11")
def test_an_entry_that_a_tenant_role_wrote_restores_nothing(acme: Cast) -> None:
    rows("UPDATE organizations SET status = 'pending' WHERE slug = 'acme'")
    run("suspend_organization", "acme", "--reason", "looks odd")
    with use_tenant(acme.organization), transaction.atomic():
        record(
            "organization.suspended",
            resource_type="organization",
            resource_id=acme.organization.id,
            changes={"status": ["active", "suspended"]},
        )
    assert run("restore_organization", "acme", "--reason", "is fine") == "Acme is waiting for confirmation."


@pytest.mark.fault("C5")
def test_one_that_cannot_be_removed_keeps_none_of_the_others(
    acme: Cast, globex: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(removal, "PATIENCE_SECONDS", 0.5)
    due = [open_organization(name=slug, slug=slug, populate=lambda _: None) for slug in ("first", "stuck", "last")]
    rows("UPDATE organizations SET removal_due_at = now() WHERE slug IN ('first', 'stuck', 'last')")
    with superuser() as reader:
        reader.execute("BEGIN")
        reader.execute(f"SELECT count(*) FROM {due[1].schema_name}.users")
        with pytest.raises(NotRemoved, match=r"^1 of 3 organizations that are due could not be removed: stuck\.$"):
            remove_due(now=timezone.now())
        reader.execute("ROLLBACK")
    assert rows("SELECT slug FROM organizations ORDER BY slug") == [("acme",), ("globex",), ("stuck",)]
    assert remove_due(now=timezone.now()) == ["stuck"]
