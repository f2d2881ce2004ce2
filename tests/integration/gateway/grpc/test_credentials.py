"""Who is let in over gRPC, and what is refused: credentials, organizations, networks, rates; introspection; explanations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import grpc
import pytest

from gateway.grpc.protos.workix.v1.authorization_pb2 import ExplainRequest
from gateway.grpc.protos.workix.v1.introspection_pb2 import Actor, IntrospectRequest, IntrospectResponse
from gateway.grpc.protos.workix.v1.quotas_pb2 import ConsumeRequest
from tenants.models import Status
from tests.acts import rows, set_status
from tests.cast import Api, Cast
from tests.integration.gateway.grpc.conftest import Caller, Refused, key_of

pytestmark = pytest.mark.requirement("S41")

CONSUME, INTROSPECT, EXPLAIN = "Quotas/Consume", "Introspection/Introspect", "Authorization/Explain"
ONE = ConsumeRequest(resource="pipelines")
INACTIVE = IntrospectResponse(active=False)


@pytest.fixture
def asker(channel: grpc.Channel, alice: Api) -> Caller:
    """Call as a service of Acme that introspects."""
    return Caller(channel, key_of(alice, "credentials:introspect"))


@pytest.mark.parametrize("credential", ["", "wxk_nonsense", "a.b.c", "wxk_" + "0" * 65, "x" * 5_000])
def test_nobody_unknown_does_anything(runner: Caller, credential: str) -> None:
    reason = "TOKEN_NOT_VALID" if credential else "NOT_AUTHENTICATED"
    stranger = replace(runner, credential=credential)
    for name, sent in ((CONSUME, ONE), (INTROSPECT, IntrospectRequest()), (EXPLAIN, ExplainRequest())):
        assert stranger.call(name, sent) == Refused("UNAUTHENTICATED", reason)


def test_a_credential_stands_in_one_place_and_once(runner: Caller) -> None:
    stranger, key = replace(runner, credential=""), runner.credential
    for metadata in ({"x_api_key": key}, {"authorization": key}, {"cookie": f"workix={key}"}, {"token": key}):
        assert stranger.call(CONSUME, ONE, **metadata).code == "UNAUTHENTICATED"
    asked = runner.channel.unary_unary(f"/workix.v1.{CONSUME}")
    twice = (("authorization", f"Bearer {key}"),) * 2
    with pytest.raises(grpc.RpcError) as refusal:
        asked(ONE.SerializeToString(), metadata=twice)
    assert refusal.value.code() is grpc.StatusCode.UNAUTHENTICATED  # type: ignore[attr-defined]  # a call, too
    assert rows("SELECT count(*) FROM quota_movements") == [(0,)]


def test_what_a_credential_may_not_is_refused(runner: Caller, asker: Caller, vera: Api, alice: Api) -> None:
    denied = Refused("PERMISSION_DENIED", "PERMISSION_DENIED")
    assert asker.call(CONSUME, ONE) == denied
    assert replace(runner, credential=vera.access).call(CONSUME, ONE) == denied
    assert runner.call(INTROSPECT, IntrospectRequest(token=vera.access)) == denied
    refused = alice.get("audit-logs/?action=access.refused").body["results"]
    assert {each["resource_id"] for each in refused} == {"quotas:consume", "credentials:introspect"}
    taken = replace(runner, credential=alice.access).call(CONSUME, ONE)
    assert taken.balance.used == 1


def test_what_ended_is_over_at_the_next_call(acme: Cast, runner: Caller, alice: Api) -> None:
    assert runner.call(CONSUME, ONE).balance.used == 1
    rows("UPDATE api_keys SET expires_at = now()", acme)
    assert runner.call(CONSUME, ONE).reason == "TOKEN_NOT_VALID"
    rows("UPDATE api_keys SET expires_at = NULL, scopes = 'quotas:read'", acme)
    assert runner.call(CONSUME, ONE).reason == "PERMISSION_DENIED"
    rows("UPDATE api_keys SET scopes = 'quotas:consume', networks = '198.51.100.0/24'", acme)
    assert runner.call(CONSUME, ONE).reason == "TOKEN_NOT_VALID"
    rows("UPDATE api_keys SET networks = '', deleted_at = now()", acme)
    assert runner.call(CONSUME, ONE).reason == "TOKEN_NOT_VALID"
    person = replace(runner, credential=alice.access)
    assert alice.post("auth/logout/").status == 204
    assert person.call(CONSUME, ONE) == Refused("UNAUTHENTICATED", "SESSION_REVOKED")
    assert rows("SELECT count(*) FROM quota_movements") == [(1,)]


@pytest.mark.parametrize("forget", [True, False])
def test_a_suspended_organization_does_nothing(acme: Cast, runner: Caller, forget: bool) -> None:
    assert runner.call(CONSUME, ONE).balance.used == 1
    set_status(acme, Status.SUSPENDED, forget=forget)
    assert runner.call(CONSUME, ONE) == Refused("PERMISSION_DENIED", "ORGANIZATION_SUSPENDED")
    set_status(acme, Status.ACTIVE)


def test_an_organization_lets_in_from_its_networks_alone(acme: Cast, runner: Caller, alice: Api) -> None:
    rows("UPDATE organizations SET allowed_networks = '198.51.100.0/24' WHERE id = %(id)s", id=acme.organization.id)
    set_status(acme, Status.ACTIVE)
    forged = runner.call(CONSUME, ONE, x_forwarded_for="198.51.100.7")
    assert forged == Refused("PERMISSION_DENIED", "NETWORK_NOT_ALLOWED")
    rows("UPDATE organizations SET allowed_networks = '' WHERE id = %(id)s", id=acme.organization.id)
    set_status(acme, Status.ACTIVE)
    told = alice.get("audit-logs/?action=access.refused").body["results"][0]
    assert (told["resource_id"], told["changes"]["path"]) == ("network_not_allowed", f"/workix.v1.{CONSUME}")


def test_who_calls_too_often_is_told_when_to_come_again(runner: Caller, settings: Any) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"rate_limits": True, "requests_of_actor": 2})
    assert [runner.call(EXPLAIN, ExplainRequest(permission="quotas:read")).allowed for _ in range(2)] == [True, True]
    assert runner.heard["ratelimit-policy"].startswith('"actor";q=2;w=60')
    refused = runner.call(EXPLAIN, ExplainRequest(permission="quotas:read"))
    assert (refused, runner.heard["retry-after"]) == (Refused("RESOURCE_EXHAUSTED", "RATE_LIMITED"), "30")


def test_a_key_and_a_token_are_introspected(
    acme: Cast, asker: Caller, runner: Caller, bob: Api, alice: Api, mallory: Api
) -> None:
    organization = str(acme.organization.id)
    key = alice.get("api-keys/").body["results"][-1]
    told = asker.call(INTROSPECT, IntrospectRequest(token=runner.credential))
    assert told == IntrospectResponse(
        active=True,
        actor=Actor(type="api_key", id=told.actor.id, label="Runner"),
        organization_id=organization,
        permissions=["quotas:consume", "quotas:read"],
    )
    assert key["id"]
    person = asker.call(INTROSPECT, IntrospectRequest(token=bob.access))
    assert (person.actor.type, person.actor.label, "quotas:read" in person.permissions) == (
        "person",
        "bob@acme.example",
        True,
    )
    assert person.expires_at.seconds > 0
    assert runner.call(INTROSPECT, IntrospectRequest()) == told
    for token in (mallory.access, "wxk_nonsense", "a\0b", "."):
        assert asker.call(INTROSPECT, IntrospectRequest(token=token)) == INACTIVE
    too_long = asker.call(INTROSPECT, IntrospectRequest(token="x" * 8_193))
    assert too_long.fields == ("token: MAX_LENGTH",)


def test_a_key_with_networks_is_active_where_it_came_from_one(asker: Caller, alice: Api) -> None:
    key = key_of(alice, "quotas:read", networks=["198.51.100.0/24"])
    addresses = ("198.51.100.7", "203.0.113.7", "", "nonsense\0")
    answers = [asker.call(INTROSPECT, IntrospectRequest(token=key, ip_address=each)).active for each in addresses]
    assert answers == [True, False, False, False]


def test_a_permission_is_explained_as_rest_explains_it(runner: Caller, vera: Api) -> None:
    asked = ExplainRequest(permission="quotas:consume")
    told = runner.call(EXPLAIN, asked)
    rest = Api(runner.credential).get("authz/explanation/?action=quotas:consume").body
    assert (told.allowed, told.decided_by) == (True, rest["decided_by"])
    assert [each.said for each in told.steps] == [each["said"] for each in rest["steps"]]
    by_role = replace(runner, credential=vera.access).call(EXPLAIN, asked)
    assert (by_role.allowed, by_role.steps[-1].code) == (False, "permission_denied")
    unknown = ExplainRequest(permission="rockets:launch")
    assert runner.call(EXPLAIN, unknown).fields == ("permission: UNKNOWN_PERMISSION",)
    others = ExplainRequest(permission="quotas:consume", actor="person:\0")
    assert runner.call(EXPLAIN, others).code == "PERMISSION_DENIED"
