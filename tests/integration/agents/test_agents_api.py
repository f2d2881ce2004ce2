"""Agents over the API: created, changed, given a new key and removed; and what one may use of its owner's permissions."""

from __future__ import annotations

from typing import Any

import pytest

from agents.models import Mode
from tests.acts import demote, rows
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.agents.leashed import REASON, ROBIN, robin
from workix.core.permissions import Role

pytestmark = pytest.mark.requirement("N6")

NEW = {**ROBIN, "scopes": ["users:read"]}
DAVE = {"email": "dave@acme.example", "password": PASSWORD, "role": "user"}


def created(api: Api, **more: Any) -> Any:
    answer = api.post("agents/", {**NEW, **more})
    assert answer.status == 201, answer.body
    return answer.body


def test_an_agent_is_created_with_a_key_that_is_shown_once_and_only_tries(acme: Cast, alice: Api) -> None:
    agent = created(alice)
    assert (agent["mode"], agent["owner"]["email"]) == ("sandbox", "alice@acme.example")
    assert (
        agent["may"]
        == ["agents:report", "users:read"]
        == Api(agent["key"]).get("authz/permissions/").body["permissions"]
    )
    shown = alice.get(f"agents/{agent['id']}/").body
    assert "key" not in shown
    assert agent["key"].startswith(shown["prefix"])
    assert Api(agent["key"]).get("users/").status == 200


def test_what_it_does_is_its_own_on_behalf_of_its_owner(acme: Cast) -> None:
    assert robin(acme).post("users/", DAVE, **REASON).status == 201
    found = rows(
        "SELECT actor_type, actor_label, reason FROM audit_logs WHERE action = 'user.created' AND actor_type = 'agent'",
        acme,
    )
    assert [each[:2] for each in found] == [("agent", "Robin")]


def test_it_may_use_of_its_owners_permissions_what_its_scopes_name(acme: Cast) -> None:
    reader = robin(acme, "users:read")
    assert reader.get("users/").status == 200
    assert outcome(reader.post("users/", DAVE, **REASON)) == (403, "permission_denied")
    assert outcome(reader.get("audit-logs/")) == (403, "permission_denied")
    assert outcome(reader.get("me/")) == (403, "permission_denied")


def test_who_demotes_its_owner_has_demoted_it(acme: Cast) -> None:
    agent = robin(acme, "users:read", "users:write")
    demote(acme, "alice@acme.example", Role.VIEWER)
    assert agent.get("users/").status == 200
    assert outcome(agent.post("users/", DAVE, **REASON)) == (403, "permission_denied")


def test_who_removes_its_owner_has_ended_it(acme: Cast) -> None:
    agent = robin(acme, "users:read", owner="bob", mode=Mode.SUPERVISED)
    rows("UPDATE users SET is_active = false WHERE email = 'bob@acme.example'", acme)
    assert outcome(agent.get("users/")) == (401, "token_not_valid")


def test_in_a_sandbox_it_tries_and_does_nothing(acme: Cast) -> None:
    agent = robin(acme, mode=Mode.SANDBOX)
    assert outcome(agent.post("users/", DAVE, **REASON)) == (403, "agent_sandboxed")
    tried = agent.post("users/", DAVE, Workix_Dry_Run="true", **REASON)
    assert (tried.status, tried.body["dry_run"]["changes"][0]["action"]) == (201, "user.created")
    assert rows("SELECT count(*) FROM users WHERE email = 'dave@acme.example'", acme) == [(0,)]


@pytest.mark.parametrize("path", ["auth/login/", "organization/deletion/", "me/password/", "me/reauthentication/"])
def test_it_guesses_at_no_secret(acme: Cast, path: str) -> None:
    asked = robin(acme, "organization:write", "organization:read")
    assert outcome(asked.post(path, {"password": PASSWORD}, **REASON)) == (403, "not_for_agents")


def test_it_passes_on_no_more_than_it_may_use(acme: Cast) -> None:
    agent = robin(acme, "users:read", "users:write")
    admin = {**DAVE, "role": "admin"}
    assert outcome(agent.post("users/", admin, **REASON))[0] == 403
    assert outcome(agent.post("invitations/", {"email": "eve@acme.example", "role": "admin"}, **REASON))[0] == 403


def test_it_makes_no_agent_and_reaches_none(acme: Cast, alice: Api) -> None:
    agent = created(alice)
    asked = Api(agent["key"])
    assert outcome(asked.get("agents/")) == (403, "permission_denied")
    assert alice.post("agents/", {**NEW, "scopes": ["agents:write"]}).status == 400
    raised = asked.patch(f"agents/{agent['id']}/", {"scopes": ["users:write"]}, Workix_Dry_Run="true", **REASON)
    assert outcome(raised) == (403, "permission_denied")


def test_people_see_their_own_and_admins_all(acme: Cast, alice: Api, bob: Api) -> None:
    of_alice, of_bob = created(alice), created(bob)
    assert [each["id"] for each in bob.get("agents/").body["results"]] == [of_bob["id"]]
    assert [each["id"] for each in alice.get("agents/").body["results"]] == [of_bob["id"], of_alice["id"]]
    assert outcome(bob.patch(f"agents/{of_alice['id']}/", {"name": "Mine"})) == (404, "not_found")
    assert alice.patch(f"agents/{of_bob['id']}/", {"purpose": "Reads."}).body["purpose"] == "Reads."


def test_nobody_lets_it_use_what_they_do_not_hold(bob: Api) -> None:
    answer = bob.post("agents/", {**NEW, "scopes": ["users:write"]})
    assert (answer.status, answer.body["errors"][0]["code"]) == (400, "not_held")


def test_live_takes_who_manages_agents(alice: Api, bob: Api) -> None:
    assert outcome(bob.post("agents/", {**NEW, "mode": "live"})) == (403, "permission_denied")
    assert created(alice, mode="live")["mode"] == "live"


def test_of_a_live_agent_its_owner_changes_the_words_and_who_manages_agents_the_leash(alice: Api, bob: Api) -> None:
    where = f"agents/{created(bob, calls_per_hour=10)['id']}/"
    assert alice.patch(where, {"mode": "live"}).status == 200
    for looser in ({"calls_per_hour": None}, {"scopes": ["quotas:read"]}, {"networks": []}, {"expires_at": None}):
        refused = bob.patch(where, {"name": "Rob", **looser})
        assert (outcome(refused), "acts without approval" in refused.body["detail"]) == (
            (403, "permission_denied"),
            True,
        )
    assert outcome(bob.patch(where, {"mode": "live", "budget_units": None})) == (403, "permission_denied")
    assert bob.patch(where, {"name": "Rob", "purpose": "Reads.", "model_label": "m"}).body["name"] == "Rob"
    assert alice.patch(where, {"calls_per_hour": 20}).body["calls_per_hour"] == 20
    tamed = bob.patch(where, {"mode": "supervised", "calls_per_hour": None}).body
    assert (tamed["name"], tamed["mode"], tamed["calls_per_hour"]) == ("Rob", "supervised", None)


def test_the_owner_of_a_live_agent_gives_it_a_new_key_stops_and_removes_it_and_starts_it_not_again(
    alice: Api, bob: Api
) -> None:
    where = f"agents/{created(bob)['id']}/"
    alice.patch(where, {"mode": "live"})
    assert bob.post(f"{where}rotation/", {"overlap_hours": 0}).status == 201
    assert bob.post(f"{where}stop/", {"reason": "It went astray."}).status == 200
    assert outcome(bob.post(f"{where}restart/", {"reason": "It is mended."})) == (403, "permission_denied")
    assert bob.delete(where).status == 204


def test_a_new_key_may_leave_the_old_one_good_for_a_while(alice: Api) -> None:
    agent = created(alice)
    new = alice.post(f"agents/{agent['id']}/rotation/", {"overlap_hours": 1}).body
    assert [Api(key).get("users/").status for key in (agent["key"], new["key"])] == [200, 200]
    last = alice.post(f"agents/{agent['id']}/rotation/", {"overlap_hours": 0}).body
    assert [Api(key).get("users/").status for key in (agent["key"], new["key"], last["key"])] == [401, 401, 200]


def test_removed_it_is_gone_from_the_next_call(alice: Api) -> None:
    agent = created(alice)
    assert alice.delete(f"agents/{agent['id']}/").status == 204
    assert outcome(Api(agent["key"]).get("users/")) == (401, "token_not_valid")
    assert alice.get(f"agents/{agent['id']}/").status == 404


def test_it_comes_from_its_networks_and_until_its_end_alone(alice: Api) -> None:
    agent = created(alice, networks=["203.0.113.0/24"])
    assert outcome(Api(agent["key"]).get("users/")) == (401, "token_not_valid")
    assert alice.post("agents/", {**NEW, "expires_at": "2020-01-01T00:00:00Z"}).status == 400


def test_a_key_of_another_kind_is_none(acme: Cast, alice: Api) -> None:
    key = created(alice)["key"]
    assert outcome(Api(key.replace("wxa_", "wxk_")).get("users/")) == (401, "token_not_valid")


def test_its_key_is_good_in_no_other_organization(acme: Cast, globex: Cast) -> None:
    agent = robin(acme, "users:read", host=globex.host)
    assert agent.get("users/").status in (401, 403)
