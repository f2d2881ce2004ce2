"""GET /authz/permissions/: what whoever asks may do at this moment, person, key or agent."""

from __future__ import annotations

from tests.acts import demote
from tests.cast import Api, Cast
from tests.integration.agents.leashed import robin
from workix.core.apps import permissions_of
from workix.core.permissions import Role


def told(api: Api) -> list[str]:
    answer = api.get("authz/permissions/")
    assert answer.status == 200
    found: list[str] = answer.body["permissions"]
    return found


def test_everybody_is_told_what_they_may_do_and_nobody_is_asked_for_a_credential(acme: Cast, alice: Api) -> None:
    assert told(alice) == sorted(permissions_of(Role.ADMIN))
    assert [Api(credential).get("authz/permissions/").status for credential in ("", "wxk_dead")] == [401, 401]


def test_a_key_and_an_agent_are_told_their_scopes_as_far_as_they_are_held(acme: Cast, alice: Api) -> None:
    key = alice.post("api-keys/", {"name": "Meter", "scopes": ["quotas:read"]}).body["key"]
    agent = robin(acme, "users:read", "users:write")
    assert told(Api(key)) == ["quotas:read"]
    assert told(agent) == ["agents:report", "users:read", "users:write"]
    demote(acme, "alice@acme.example", Role.VIEWER)
    assert told(agent) == ["users:read"]
