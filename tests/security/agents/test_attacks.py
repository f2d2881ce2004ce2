"""Attacks on the leash: an agent that raises its own scopes, forges on whose behalf it acts, or borrows its owner's hand."""

from __future__ import annotations

import pytest

from agents.models import Mode
from tests.acts import rows
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.accounts.roles.composed import compose
from tests.integration.agents.leashed import PEOPLE, REASON, key_of, robin
from tests.integration.agents.proposals import proposed
from workix.core.apps import agent_scopes

pytestmark = pytest.mark.requirement("N6")

EVE = {"email": "eve@acme.example", "password": PASSWORD, "role": "admin"}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "agents/{id}/", {"scopes": ["audit:read"]}),
        ("PATCH", "agents/{id}/", {"mode": "live"}),
        ("POST", "agents/", {"name": "Twin", "purpose": "More.", "scopes": ["audit:read"]}),
        ("POST", "agents/{id}/rotation/", {"overlap_hours": 0}),
        ("DELETE", "agents/{id}/", None),
    ],
)
def test_it_does_not_reach_its_own_leash(acme: Cast, method: str, path: str, body: object) -> None:
    agent = robin(acme)
    ((identity,),) = rows("SELECT id FROM agents", acme)
    before = rows("SELECT scopes, mode, key_hash, deleted_at FROM agents", acme)
    assert outcome(agent.call(method, path.replace("{id}", str(identity)), body, **REASON)) == (
        403,
        "permission_denied",
    )
    assert rows("SELECT scopes, mode, key_hash, deleted_at FROM agents", acme) == before


def test_it_leaves_nothing_behind_that_outlives_its_stop(acme: Cast) -> None:
    """A key, or an address that the trail is sent to, would be there still, without a leash."""
    agent = robin(acme, *agent_scopes())
    key = agent.post("api-keys/", {"name": "Spare", "scopes": ["users:read"]}, **REASON)
    webhook = agent.post("webhooks/", {"url": "https://10.0.0.1/"}, **REASON)
    assert [outcome(each) for each in (key, webhook)] == [(403, "permission_denied")] * 2


def test_it_makes_no_role_and_no_admin_that_may_more_than_it_does(acme: Cast) -> None:
    agent = robin(acme, *PEOPLE, "roles:read", "roles:write")
    role = {"name": "Auditors", "permissions": ["audit:read"]}
    assert agent.post("roles/", role, **REASON).status in (400, 403)
    assert agent.post("users/", EVE, **REASON).status == 403
    vera = acme.people["vera"].id
    assert agent.patch(f"users/{vera}/", {"role": "admin"}, **REASON).status == 403
    assert rows("SELECT count(*) FROM users WHERE role = 'admin'", acme) == [(1,)]


@pytest.mark.parametrize("permission", ["proposals:decide", "agents:manage", "api_keys:write", "policies:write"])
def test_with_every_scope_it_gives_nobody_what_no_agent_may_have(acme: Cast, alice: Api, permission: str) -> None:
    """Somebody who is not on its leash would do it in its place, and be there after a stop."""
    agent, vera = robin(acme, *agent_scopes()), str(acme.people["vera"].id)
    theirs = compose(alice, permission, name="Deputies")
    asked = {
        "roles/": {"name": "Helpers", "permissions": [permission]},
        f"roles/{theirs}/members/": {"user": vera},
        "users/": EVE,
        "invitations/": {"email": EVE["email"], "role": "admin"},
    }
    assert {path: outcome(agent.post(path, body, **REASON)) for path, body in asked.items()} == dict.fromkeys(
        asked, (403, "permission_denied")
    )
    assert outcome(agent.patch(f"users/{vera}/", {"role": "admin"}, **REASON)) == (403, "permission_denied")


@pytest.mark.parametrize("header", ["On-Behalf-Of", "Workix-On-Behalf-Of", "X-Actor", "Workix-Actor"])
def test_no_header_says_on_whose_behalf(acme: Cast, header: str) -> None:
    forged = {header.replace("-", "_"): str(acme.people["bob"].id)}
    assert robin(acme).delete(f"users/{acme.people['vera'].id}/", **REASON, **forged).status == 204
    entry = "SELECT actor_type, actor_label FROM audit_logs WHERE action = 'user.deleted'"
    assert rows(entry, acme) == [("agent", "Robin")]


def test_a_body_names_no_owner(acme: Cast, alice: Api) -> None:
    new = {"name": "Robin", "purpose": "Reads.", "scopes": ["users:read"], "owner": str(acme.people["bob"].id)}
    assert alice.post("agents/", new).status == 400


def test_its_own_dry_run_tells_nothing_of_another_organization(acme: Cast, globex: Cast) -> None:
    agent, gina = robin(acme), globex.people["gina"].id
    tried = agent.delete(f"users/{gina}/", Workix_Dry_Run="true", **REASON)
    nobody = agent.delete("users/01a20000-0000-7000-8000-000000000000/", Workix_Dry_Run="true", **REASON)
    assert (outcome(tried), outcome(nobody)) == ((404, "not_found"), (404, "not_found"))


def test_a_key_on_another_organizations_host_is_refused(acme: Cast, globex: Cast) -> None:
    assert outcome(Api(key_of(acme), globex.host).get("users/")) == (403, "wrong_organization")


def test_it_enters_no_page(acme: Cast) -> None:
    agent = robin(acme, mode=Mode.LIVE, host=acme.host)
    assert agent.get("/admin/").status in (302, 403)


@pytest.mark.parametrize("act", ["approval", "refusal"])
def test_it_decides_on_nothing_with_whatever_scopes(acme: Cast, act: str) -> None:
    proposal = proposed(robin(acme, *PEOPLE, mode=Mode.SUPERVISED), acme)
    other = robin(acme, *agent_scopes(), name="Raven")
    assert outcome(other.post(f"proposals/{proposal}/{act}/", {}, **REASON)) == (403, "permission_denied")


def test_no_request_id_of_its_own_passes_for_an_approval(acme: Cast) -> None:
    agent = robin(acme, *PEOPLE, mode=Mode.SUPERVISED)
    forged = f"proposal:{proposed(agent, acme)}"
    vera = acme.people["vera"].id
    answer = agent.patch(f"users/{vera}/", {"first_name": "V"}, X_Request_ID=forged, **REASON)
    assert (answer.status, answer.headers["X-Request-ID"] == forged) == (200, False)
    assert rows("SELECT count(*) FROM audit_logs WHERE request_id = %(id)s", acme, id=forged) == [(0,)]
