"""What operators do and see on the command line: organizations, their insides, jobs; with a reason, and as JSON."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from accounts.signup import FirstAdmin, open_with_admin
from accounts.tasks import send_removal_scheduled
from tenants.scope import use_nothing, use_tenant
from tests.acts import rows
from tests.cast import Api, Cast
from workix.core.current import Current

pytestmark = pytest.mark.fault("F11")

WHY = ("--reason", "ticket 7")


def run(command: str, *arguments: str) -> str:
    said = io.StringIO()
    call_command(command, *arguments, stdout=said, stderr=io.StringIO())
    return said.getvalue().strip()


def read(command: str, *arguments: str) -> Any:
    return json.loads(run(command, *arguments, "--json"))


def newest(cast: Cast) -> tuple[Any, ...]:
    found = rows(
        "SELECT action, reason, actor_type, is_verified FROM audit_logs ORDER BY created_at DESC LIMIT 1", cast
    )
    return found[0]


def failed_job(cast: Cast) -> int:
    with use_tenant(cast.organization), Current.scoped(organization=cast.organization):
        send_removal_scheduled.enqueue(user_id=str(cast.people["alice"].id))
    ((number,),) = rows("UPDATE procrastinate_jobs SET status = 'failed', attempts = 3 RETURNING id")
    return int(number)


@pytest.mark.parametrize("reason", ["", " ", "\t", "a\nb", "a\x00b", "a\u2028b", "\u200b", "…", "x" * 501])
@pytest.mark.parametrize(
    "command",
    [
        ("suspend_organization", "acme"),
        ("restore_organization", "acme"),
        ("set_plan", "acme", "pro"),
        ("set_limit", "acme", "users", "7"),
        ("inspect_organization", "acme"),
        ("remove_organization", "acme", "--noinput"),
        ("remove_organization", "acme", "--noinput", "--at-once"),
        ("remove_organization", "acme", "--cancel"),
    ],
    ids=" ".join,
)
def test_nothing_is_done_without_a_reason(acme: Cast, command: tuple[str, ...], reason: str) -> None:
    before = (
        rows("SELECT status, plan, removal_due_at, updated_at FROM organizations"),
        rows("SELECT count(*) FROM audit_logs", acme),
    )
    with pytest.raises(CommandError, match=r"^Say why"):
        run(*command, "--reason", reason)
    after = (
        rows("SELECT status, plan, removal_due_at, updated_at FROM organizations"),
        rows("SELECT count(*) FROM audit_logs", acme),
    )
    assert after == before


@pytest.mark.parametrize("command", ["suspend_organization acme", "set_plan acme pro", "remove_organization acme"])
def test_a_reason_can_not_be_left_out(acme: Cast, command: str) -> None:
    with pytest.raises(CommandError, match="--reason"):
        run(*command.split())


@pytest.mark.parametrize("address", ["nope", "a@b", "a b@c.example", "ada@[127.0.0.1]", ""])
def test_an_operator_has_an_address_that_mails_reach(database: None, address: str) -> None:
    for command in (("create_operator", address), ("create_organization", "initech", address)):
        with pytest.raises(CommandError, match=r"e-mail address|do not accept"):
            run(*command)
    assert rows("SELECT count(*) FROM users") == [(0,)]


def test_organizations_are_listed_with_their_plan_status_and_pending_removal(acme: Cast, globex: Cast) -> None:
    run("set_plan", "globex", "pro", *WHY)
    run("remove_organization", "globex", "--noinput", *WHY)
    listed = read("list_organizations")
    assert [(each["slug"], each["plan"], each["status"], bool(each["removal_due_at"])) for each in listed] == [
        ("globex", "pro", "active", True),
        ("acme", "free", "active", False),
    ]
    assert listed[1].keys() == {
        "id",
        "name",
        "slug",
        "plan",
        "status",
        "limits",
        "created_at",
        "removal_due_at",
        "sandbox_expires_at",
    }
    named = {option: [each["slug"] for each in read("list_organizations", *option.split())] for option in OPTIONS}
    assert named == OPTIONS
    assert "globex" in run("list_organizations")


OPTIONS = {
    "--plan free": ["acme"],
    "--removal-due": ["globex"],
    "--status suspended": [],
    "--status active": ["globex", "acme"],
}


def test_who_looks_inside_is_seen_there(acme: Cast, globex: Cast, alice: Api) -> None:
    seen = read("inspect_organization", "acme", *WHY)
    assert [(each["email"], each["is_active"], each["is_confirmed"]) for each in seen["admins"]] == [
        ("alice@acme.example", True, True)
    ]
    assert (seen["slug"], seen["removal_due_at"], seen["entries"][0]["action"]) == (
        "acme",
        None,
        "organization.inspected",
    )
    assert newest(acme) == ("organization.inspected", "ticket 7", "system", True)
    told = alice.get("audit-logs/?action=organization.inspected").body["results"][0]
    assert (told["reason"], told["changes"]) == ("ticket 7", {"read": ["admins", "audit_logs"]})
    assert "gina@globex.example" not in json.dumps(seen)
    assert "Admin alice@acme.example" in run("inspect_organization", "acme", *WHY, "--entries", "1")
    with pytest.raises(CommandError, match=r"^There is no organization with this slug\.$"):
        run("inspect_organization", "nowhere", *WHY)


def test_a_removal_is_scheduled_told_and_cancelled(acme: Cast, globex: Cast, alice: Api, run_jobs: Any) -> None:
    mail.outbox.clear()
    assert run("remove_organization", "acme", "--noinput", *WHY).startswith("Acme will be removed on ")
    ((days,),) = rows(
        "SELECT round(extract(epoch FROM removal_due_at - now()) / 86400) FROM organizations WHERE slug = 'acme'"
    )
    assert (days, newest(acme)) == (30, ("organization.removal_scheduled", "ticket 7", "system", True))
    run_jobs()
    assert [message.to for message in mail.outbox] == [["alice@acme.example"]]
    with pytest.raises(CommandError, match=r"^Acme will be removed on .+ anyway\.$"):
        run("remove_organization", "acme", "--noinput", *WHY)
    assert run("remove_organization", "acme", "--cancel", *WHY) == "Acme stays."
    assert newest(acme)[0] == "organization.removal_cancelled"
    with pytest.raises(CommandError, match="is not scheduled"):
        run("remove_organization", "acme", "--cancel", *WHY)
    assert rows("SELECT slug FROM organizations WHERE removal_due_at IS NOT NULL") == []


def test_only_a_suspended_one_is_removed_at_once_and_the_platform_remembers_why(acme: Cast, globex: Cast) -> None:
    with use_nothing():
        open_with_admin(name="Initech", slug="initech", admin=FirstAdmin("bill@initech.example", "!"))
    with pytest.raises(CommandError, match=r"^Initech is waiting for confirmation\. Suspend it first\.$"):
        run("remove_organization", "initech", "--at-once", "--noinput", *WHY)
    run("suspend_organization", "initech", *WHY)
    assert run("remove_organization", "initech", "--at-once", "--noinput", *WHY) == "Initech is removed."
    assert rows("SELECT slug FROM organizations ORDER BY slug") == [("acme",), ("globex",)]
    kept = rows("SELECT reason, changes ->> 'slug' FROM audit_logs WHERE action = 'organization.removed'")
    assert kept == [("ticket 7", "initech")]


@pytest.mark.parametrize(("typed", "is_scheduled"), [("acme", True), ("Acme", False), ("", False), ("globex", False)])
def test_its_slug_is_typed_again(acme: Cast, monkeypatch: pytest.MonkeyPatch, typed: str, is_scheduled: bool) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n" if typed else ""))
    if is_scheduled:
        run("remove_organization", "acme", *WHY)
    else:
        with pytest.raises(CommandError, match=r"^Nothing was changed"):
            run("remove_organization", "acme", *WHY)
    assert rows("SELECT removal_due_at IS NOT NULL FROM organizations WHERE slug = 'acme'") == [(is_scheduled,)]


def test_a_failed_job_is_listed_and_tried_again(acme: Cast) -> None:
    number = failed_job(acme)
    assert read("list_jobs", "--status", "failed") == [
        {
            "id": number,
            "task": "accounts.send_removal_scheduled",
            "queue": "mails",
            "status": "failed",
            "attempts": 3,
            "scheduled_at": None,
            "organization_id": str(acme.organization.id),
        }
    ]
    assert run("retry_job", str(number)) == "accounts.send_removal_scheduled will be tried again."
    assert rows("SELECT status::text, scheduled_at <= now() FROM procrastinate_jobs") == [("todo", True)]
    entry = rows("SELECT resource_id, changes ->> 'organization_id' FROM audit_logs WHERE action = 'job.retried'")
    assert entry == [(str(number), str(acme.organization.id))]
    with pytest.raises(CommandError, match=rf"^Job {number} is todo: only one that has failed is tried again\.$"):
        run("retry_job", str(number))
    with pytest.raises(CommandError, match=r"^There is no job with this number\."):
        run("retry_job", str(2**63 - 1))


def test_acts_answer_in_json(acme: Cast) -> None:
    assert read("suspend_organization", "acme", *WHY)["status"] == "suspended"
    assert read("restore_organization", "acme", *WHY)["status"] == "active"
    assert read("set_plan", "acme", "pro", *WHY)["limits"] == {"users": 50, "pipelines": 100, "executions": 50_000}
    made = read("create_operator", "otto@workix.example")
    assert (made["email"], len(made["password"]) >= 15) == ("otto@workix.example", True)
    assert read("create_organization", "initech", "ian@initech.example")["slug"] == "initech"
