"""GET and PATCH /organization/, and what operators do to one."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from tests.acts import rows
from tests.cast import Api, Place


def test_everybody_reads_their_own_organization(acme: Place, alice: Api, vera: Api, gina: Api) -> None:
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
    }
    assert vera.get("organization/").body == own
    assert gina.get("organization/").body["slug"] == "globex"


def test_an_admin_renames_it_and_the_trail_says_so(acme: Place, alice: Api, gina: Api) -> None:
    answer = alice.patch("organization/", {"name": "Acme & Söhne"})
    assert (answer.status, answer.body["name"], answer.body["slug"]) == (200, "Acme & Söhne", "acme")
    told = rows("SELECT actor_label, changes FROM audit_logs WHERE action = 'organization.renamed'", acme)
    assert told == [("alice@acme.example", {"name": ["Acme", "Acme & Söhne"]})]
    assert gina.get("organization/").body["name"] == "Globex"


@pytest.mark.requirement("S84")
def test_an_operator_suspends_and_restores_with_a_reason_the_admins_can_read(acme: Place, alice: Api, gina: Api) -> None:
    call_command("suspend_organization", "acme", "--reason", "unpaid")
    refused = alice.get("me/")
    assert (refused.status, refused.body["code"], gina.get("me/").status) == (403, "organization_suspended", 200)
    with pytest.raises(CommandError, match=r"^Acme is suspended\.$"):
        call_command("suspend_organization", "acme", "--reason", "again")
    call_command("restore_organization", "acme", "--reason", "paid")
    assert alice.get("me/").status == 200
    told = alice.get("audit-logs/?resource_type=organization").body["results"]
    assert [(each["action"], each["reason"], each["changes"]) for each in told][:2] == [
        ("organization.restored", "paid", {"status": ["suspended", "active"]}),
        ("organization.suspended", "unpaid", {"status": ["active", "suspended"]}),
    ]


def test_a_plan_brings_its_limits_and_an_enterprise_its_own(acme: Place, alice: Api) -> None:
    call_command("set_plan", "acme", "pro")
    assert alice.get("organization/").body["limits"] == {"users": 50, "pipelines": 100, "executions": 50_000}
    call_command("set_plan", "acme", "enterprise", "--users", "2")
    assert alice.get("quotas/users/").body["limit"] == 2
    assert alice.get("quotas/users/").body["remaining"] == 0, "what is used stays used"


def test_there_must_be_such_an_organization() -> None:
    with pytest.raises(CommandError, match=r"^There is no organization with this slug\.$"):
        call_command("set_plan", "nowhere", "pro")
