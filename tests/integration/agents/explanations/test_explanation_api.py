"""GET /authz/explanation/: why oneself and others may or may not; what it tells to whom; and the way there from a 403."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from accounts.roles.composition import create
from accounts.roles.membership import give
from agents.models import Mode
from tenants.resolution import forget_all
from tenants.scope import use_tenant
from tests.acts import follow, rows, statements_of
from tests.cast import Answer, Api, Cast
from tests.integration.accounts.api_keys.callers import id_of, outcome, service
from tests.integration.agents.leashed import REASON, robin

pytestmark = pytest.mark.requirement("N7")

WHY = "authz/explanation/"
NOBODY = "01900000-0000-7000-8000-000000000000"


def ask(api: Api, action: str, **more: str) -> Answer:
    return api.get(f"{WHY}?{urlencode({'action': action, **more})}")


def decided(answer: Answer) -> tuple[Any, ...]:
    assert answer.status == 200, answer.body
    return answer.body["allowed"], answer.body["decided_by"]


def test_anybody_learns_why_they_may_and_why_not(acme: Cast, vera: Api) -> None:
    assert decided(ask(vera, "users:read")) == (True, "role")
    refused = ask(vera, "users_create")
    assert decided(refused) == (False, "role")
    assert (refused.body["actor"]["label"], refused.body["permission"]) == ("vera@acme.example", "users:write")
    assert refused.body["steps"] == [
        {"check": check, "outcome": "passed", "said": said, "code": None}
        for check, said in (
            ("organization", "The organization is open: it is not suspended."),
            ("network", "The organization is reached from everywhere."),
            ("session", "Your session is good: it has not ended, and you may log in."),
        )
    ] + [
        {
            "check": "role",
            "outcome": "refused",
            "said": "The role Viewer does not hold `users:write`, and there is no own role that gives it. "
            "It is held by Admin. No API key can have it.",
            "code": "permission_denied",
        }
    ]


def test_an_own_role_and_a_scope_are_named(acme: Cast, alice: Api, vera: Api) -> None:
    with use_tenant(acme.organization):
        give(create(name="Auditors", permissions=["audit:read"]).id, user_id=acme.people["vera"].id)
    given = ask(vera, "GET /api/v1/audit-logs/")
    assert decided(given) == (True, "own_roles")
    assert given.body["steps"][3]["said"] == "The own role Auditors gives you `audit:read`."
    key = service(acme, "users:read")
    assert (decided(ask(key, "users_list")), decided(ask(key, "audit:read"))) == ((True, "scopes"), (False, "scopes"))
    others = ask(alice, "users_destroy", actor=f"api_key:{id_of(acme)}")
    assert (decided(others), others.body["actor"]["label"]) == ((False, "scopes"), "Runner")


def test_every_refusal_leads_to_why(acme: Cast, alice: Api, vera: Api) -> None:
    refused = vera.delete(f"users/{acme.people['bob'].id}/")
    assert refused.status == 403
    assert (
        refused.body["explanation"]
        == f"/api/v1/authz/explanation/?action=DELETE+/api/v1/users/{acme.people['bob'].id}/"
    )
    why = follow(vera, refused.body["explanation"])
    assert (decided(why), why.body["steps"][3]["code"]) == ((False, "role"), refused.body["code"])
    rows("UPDATE sessions SET authenticated_at = now() - interval '1 hour'", acme)
    stale = alice.delete(f"users/{acme.people['bob'].id}/")
    assert decided(follow(alice, stale.body["explanation"])) == (False, "reauthentication")
    unknown = Api().get("users/")
    assert (unknown.status, "explanation" in unknown.body) == (401, False)


def test_an_agent_learns_which_of_scope_mode_and_owner_decided(acme: Cast, alice: Api, bob: Api) -> None:
    agent = robin(acme, "users:read", "users:write", mode=Mode.SANDBOX)
    assert decided(ask(agent, "users:read")) == (True, "role")
    assert decided(ask(agent, "audit:read")) == (False, "scopes")
    refused = agent.post("users/", {}, **REASON)
    assert (refused.body["code"], decided(follow(agent, refused.body["explanation"]))) == (
        "agent_sandboxed",
        (False, "mode"),
    )
    tried = agent.post(
        "roles/", {}, Workix_Dry_Run="true", **REASON
    )  # why this is refused is not that it would be done
    assert (tried.body["code"], decided(follow(agent, tried.body["explanation"]))) == (
        "permission_denied",
        (False, "scopes"),
    )
    ((identity,),) = rows("SELECT id FROM agents", acme)
    rows("UPDATE agents SET owner_id = %(bob)s", acme, bob=acme.people["bob"].id)
    for api in (alice, bob):  # whose agent it is may ask, too
        assert decided(ask(api, "users:write", actor=f"agent:{identity}")) == (False, "role")
    rows("UPDATE agents SET mode = 'supervised', owner_id = %(alice)s", acme, alice=acme.people["alice"].id)
    assert "dry_run" not in agent.post("roles/", {}, **REASON).body["explanation"]
    asked = ask(agent, "users_create").body
    assert [each["check"] for each in asked["steps"] if each["outcome"] == "unknown"] == ["approval", "operation"]
    tried = ask(agent, "POST /api/v1/users/?dry_run=true")
    assert [each["check"] for each in tried.body["steps"] if each["outcome"] == "unknown"] == ["operation"]
    secret = ask(agent, "POST /api/v1/me/password/").body
    assert [each["code"] for each in secret["steps"] if each["check"] == "mode"] == ["not_for_agents"]
    assert outcome(ask(bob, "users:read", actor=f"agent:{NOBODY}")) == (403, "permission_denied")
    assert outcome(ask(agent, "users:read", actor=f"person:{acme.people['bob'].id}")) == (403, "permission_denied")


def test_of_somebody_elses_session_it_says_what_nobody_knows(acme: Cast, alice: Api) -> None:
    bob = f"person:{acme.people['bob'].id}"
    asked = ask(alice, "users_list", actor=bob)
    assert (asked.body["steps"][2]["outcome"], asked.body["allowed"]) == ("unknown", True)
    alice.patch(f"users/{acme.people['bob'].id}/", {"is_active": False})
    assert decided(ask(alice, "users_list", actor=bob)) == (False, "session")


@pytest.mark.parametrize(
    "actor",
    ["person:{gina}", "agent:{theirs}", f"person:{NOBODY}", "api_key:{theirs}", f"api_key:{NOBODY}", "person:x"],
)
def test_another_organizations_is_not_there(acme: Cast, globex: Cast, alice: Api, vera: Api, actor: str) -> None:
    """An attack: to learn whether somebody is a person of another organization, or here at all."""
    service(globex)
    named = actor.format(gina=globex.people["gina"].id, theirs=id_of(globex))
    assert outcome(ask(alice, "users:read", actor=named)) == (404, "not_found")
    assert outcome(ask(vera, "users:read", actor=named)) == (403, "permission_denied")


def test_who_may_ask_of_nobody_else_can_not_tell_who_is_here(acme: Cast, vera: Api) -> None:
    """An attack: to list people and keys by what a refusal says of them."""
    key, there = service(acme, "quotas:read"), str(acme.people["bob"].id)
    for api in (vera, key):
        answers = [ask(api, "users:read", actor=f"person:{each}").body for each in (there, NOBODY)]
        assert len({str({**each, "request_id": ""}) for each in answers}) == 1
        assert answers[0]["detail"].startswith("You may ask about yourself")


def test_nobody_reads_a_rule_of_networks_by_naming_addresses(acme: Cast, alice: Api, bob: Api) -> None:
    """An attack: to try addresses until one would be let in."""
    rows("UPDATE organizations SET allowed_networks = '127.0.0.0/8' WHERE id = %(id)s", id=acme.organization.id)
    forget_all()
    for address in ("127.0.0.1", "198.51.100.7"):
        assert decided(ask(bob, "users:read", address=address)) == (True, "role")
        named = ask(alice, "users:read", actor=f"person:{acme.people['bob'].id}", address=address)
        assert decided(named)[1] == ("role" if address == "127.0.0.1" else "network")
    forget_all()


def test_a_key_learns_of_itself_and_nothing_of_a_quota_it_may_not_touch(acme: Cast) -> None:
    """An attack: a key with no scope for it reads a balance by asking why."""
    key = service(acme, "organization:read")
    why = ask(key, "quotas:consume", object="executions")
    assert (decided(why), [each["check"] for each in why.body["steps"]][-1]) == ((False, "scopes"), "scopes")
    assert outcome(ask(key, "quotas:consume", actor=f"api_key:{id_of(acme)}", object="executions")) == (200, "")


@pytest.mark.parametrize(
    "action",
    ["", "users:nothing", "BREW /api/v1/users/", "GET /api/v1/nothing/", "GET /admin/", "PUT /api/v1/users/", "\0"],
)
def test_what_is_no_action_is_refused(vera: Api, action: str) -> None:
    answer = ask(vera, action)
    assert (answer.status, answer.body["errors"][0]["field"]) == (400, "action")


def test_it_costs_few_statements_and_writes_none(acme: Cast, alice: Api, vera: Api) -> None:
    actor = f"person:{acme.people['vera'].id}"
    for api, more, count in ((vera, {}, 2), (alice, {"actor": actor}, 3)):
        ask(api, "users:write", **more)
        sent = statements_of(lambda api=api, more=more: ask(api, "users:write", **more))
        assert len(sent) == count, sent
        assert [each for each in sent if each.lstrip().split()[0] in ("INSERT", "UPDATE", "DELETE")] == []
    assert rows("SELECT action FROM audit_logs WHERE action = 'access.refused'", acme) == []
