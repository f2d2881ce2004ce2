"""GET and PATCH /organization/, and what operators do to one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.signup import FirstAdmin, open_with_admin
from tenants.lifecycle import remove_due
from tenants.scope import use_nothing
from tests.acts import rows
from tests.cast import PASSWORD, Api, Cast


def test_everybody_reads_their_own_organization(acme: Cast, alice: Api, vera: Api, gina: Api) -> None:
    own = alice.get("organization/").body
    assert own == {
        "id": str(acme.organization.id),
        "name": "Acme",
        "slug": "acme",
        "plan": "free",
        "status": "active",
        "limits": {"users": 5, "pipelines": 10, "executions": 1000},
        "created_at": own["created_at"],
        "updated_at": own["updated_at"],
        "removal_due_at": None,
        "sandbox_expires_at": None,
    }
    assert vera.get("organization/").body == own
    assert gina.get("organization/").body["slug"] == "globex"


def test_an_admin_renames_it_and_the_trail_says_so(acme: Cast, alice: Api, gina: Api) -> None:
    answer = alice.patch("organization/", {"name": "Acme & Söhne"})
    assert (answer.status, answer.body["name"], answer.body["slug"]) == (200, "Acme & Söhne", "acme")
    recorded = rows("SELECT actor_label, changes FROM audit_logs WHERE action = 'organization.renamed'", acme)
    assert recorded == [("alice@acme.example", {"name": ["Acme", "Acme & Söhne"]})]
    assert gina.get("organization/").body["name"] == "Globex"


def test_changing_nothing_of_it_changes_nothing(acme: Cast, alice: Api) -> None:
    before = alice.get("organization/").body
    answer = alice.patch("organization/", {})
    assert (answer.status, answer.body) == (200, before)
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'organization.renamed'", acme) == [(0,)]


@pytest.mark.requirement("S84")
def test_an_operator_suspends_and_restores_with_a_reason_the_admins_can_read(acme: Cast, alice: Api, gina: Api) -> None:
    call_command("suspend_organization", "acme", "--reason", "unpaid")
    refused = alice.get("me/")
    assert (refused.status, refused.body["code"], gina.get("me/").status) == (403, "organization_suspended", 200)
    with pytest.raises(CommandError, match=r"^Acme is suspended\.$"):
        call_command("suspend_organization", "acme", "--reason", "again")
    call_command("restore_organization", "acme", "--reason", "paid")
    assert alice.get("me/").status == 200
    recorded = alice.get("audit-logs/?resource_type=organization").body["results"]
    assert [(each["action"], each["reason"], each["changes"]) for each in recorded][:2] == [
        ("organization.restored", "paid", {"status": ["suspended", "active"]}),
        ("organization.suspended", "unpaid", {"status": ["active", "suspended"]}),
    ]


def test_a_plan_brings_its_limits_and_an_enterprise_its_own(acme: Cast, alice: Api) -> None:
    call_command("set_plan", "acme", "pro", "--reason", "upgrade")
    assert alice.get("organization/").body["limits"] == {"users": 50, "pipelines": 100, "executions": 50_000}
    call_command("set_plan", "acme", "enterprise", "--users", "2", "--reason", "as agreed")
    assert alice.get("quotas/users/").body["limit"] == 2
    assert alice.get("quotas/users/").body["remaining"] == 0, "what is used stays used"


def test_there_must_be_such_an_organization() -> None:
    with pytest.raises(CommandError, match=r"^There is no organization with this slug\.$"):
        call_command("set_plan", "nowhere", "pro", "--reason", "upgrade")


def test_an_admin_schedules_the_removal_with_their_password_and_calls_it_off(acme: Cast, alice: Api) -> None:
    wrong = alice.post("organization/deletion/", {"password": "not it at all"})
    assert (wrong.status, wrong.body["errors"][0]["code"]) == (400, "wrong_password")
    due = alice.post("organization/deletion/", {"password": PASSWORD})
    again = alice.post("organization/deletion/", {"password": PASSWORD})
    assert (due.status, again.body) == (202, due.body), "asking again does not change the time"
    assert alice.get("organization/").body["removal_due_at"] == due.body["removal_due_at"]
    assert alice.get("me/").status == 200, "it works as before until then"
    assert [alice.delete("organization/deletion/").status for _ in range(2)] == [204, 404]
    found = rows(
        "SELECT action, changes FROM audit_logs WHERE action LIKE 'organization.removal%%' ORDER BY created_at", acme
    )
    when = datetime.fromisoformat(due.body["removal_due_at"]).isoformat()
    assert found == [("organization.removal_scheduled", {"removal_due_at": [None, when]})] * 2 + [
        ("organization.removal_cancelled", {})
    ]


@pytest.mark.fault("H4")
def test_who_knows_their_password_is_never_locked_out_by_saying_it(acme: Cast, alice: Api) -> None:
    answers = [alice.post("organization/deletion/", {"password": PASSWORD}).status for _ in range(11)]
    assert answers == [202] * 11


def test_what_is_due_is_removed_for_good_and_nothing_else(acme: Cast, globex: Cast) -> None:
    with use_nothing():
        open_with_admin(name="Initech", slug="initech", admin=FirstAdmin("bill@initech.example", "!"))
    assert remove_due(now=timezone.now() + timedelta(days=99)) == []
    (schema,) = rows("UPDATE organizations SET removal_due_at = now() WHERE slug = 'initech' RETURNING schema_name")[0]
    assert remove_due(now=timezone.now()) == ["initech"]
    left = rows(
        "SELECT (SELECT count(*) FROM pg_namespace WHERE nspname = %(n)s),"
        " (SELECT count(*) FROM pg_roles WHERE rolname = %(n)s)",
        n=schema,
    )
    assert left == [(0, 0)]
    assert rows("SELECT slug FROM organizations ORDER BY slug") == [("acme",), ("globex",)]
    assert rows("SELECT count(*) FROM domains") == [(2,)]


def test_an_operator_opens_one_on_the_command_line(database: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("create_organization", "initech", "bill@initech.example", "--name", "Initech", "--plan", "pro")
    said, password = capsys.readouterr().out.splitlines()
    assert said == "Initech waits for the confirmation of bill@initech.example."
    assert rows("SELECT name, plan, status, max_users FROM organizations WHERE slug = 'initech'") == [
        ("Initech", "pro", "pending", 50)
    ]
    refused = Api().post(
        "auth/login/", {"email": "bill@initech.example", "password": password, "organization": "initech"}
    )
    assert refused.body["code"] == "email_not_confirmed"
    with pytest.raises(CommandError, match=r"^This slug is taken\."):
        call_command("create_organization", "initech", "ben@initech.example")
