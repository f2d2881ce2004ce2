"""Agents over gRPC: they ask and change nothing; each call counts for their limit, as over REST; nothing is tried here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import grpc
import pytest
from google.rpc.error_details_pb2 import RetryInfo
from google.rpc.status_pb2 import Status

from gateway.grpc.protos.workix.v1.authorization_pb2 import ExplainRequest
from gateway.grpc.protos.workix.v1.introspection_pb2 import IntrospectRequest, IntrospectResponse
from gateway.grpc.protos.workix.v1.quotas_pb2 import ConsumeRequest
from quotas.throttling import requests
from tests.acts import rows
from tests.cast import Api, Cast
from tests.integration.agents import leashed
from tests.integration.gateway.grpc.conftest import Caller, Refused, key_of

pytestmark = pytest.mark.requirement("S41", "N6")

CONSUME, INTROSPECT, EXPLAIN = "Quotas/Consume", "Introspection/Introspect", "Authorization/Explain"
ONE, OWN = ConsumeRequest(resource="pipelines"), IntrospectRequest()
SCOPES = ("quotas:read", "quotas:consume")
NOT_FOR_AGENTS = Refused("PERMISSION_DENIED", "NOT_FOR_AGENTS")


@pytest.fixture
def _limited(settings: Any) -> Iterator[None]:
    """Count requests, and know nothing of them before and after."""
    requests.forget_all()
    limits = {"rate_limits": True, "requests_of_address": 2, "requests_of_actor": 3}
    settings.WORKIX = settings.WORKIX.model_copy(update=limits)
    yield
    requests.forget_all()


@pytest.fixture
def asker(channel: grpc.Channel, alice: Api) -> Caller:
    """Call as a service of Acme that introspects."""
    return Caller(channel, key_of(alice, "credentials:introspect"))


def test_an_agent_may_ask_and_changes_nothing(acme: Cast, asker: Caller) -> None:
    """Not even where it is live: over gRPC nothing can be tried, and nothing waits for approval."""
    key = leashed.key_of(acme, *SCOPES)
    robin = replace(asker, credential=key)
    assert robin.call(CONSUME, ONE) == NOT_FOR_AGENTS
    told = asker.call(INTROSPECT, IntrospectRequest(token=key))
    assert (told.actor.type, told.actor.label, told.active) == ("agent", "Robin", True)
    assert robin.call(INTROSPECT, OWN) == told
    assert robin.call(EXPLAIN, ExplainRequest(permission="users:write")).allowed is False
    rows("UPDATE agents SET stopped_at = now()", acme)
    assert robin.call(INTROSPECT, OWN) == Refused("UNAUTHENTICATED", "AGENT_STOPPED")
    assert asker.call(INTROSPECT, IntrospectRequest(token=key)) == IntrospectResponse(active=False)
    assert rows("SELECT count(*) FROM quota_movements") == [(0,)]


def test_each_call_of_an_agent_counts_whatever_comes_of_it(acme: Cast, asker: Caller) -> None:
    key = leashed.key_of(acme, *SCOPES, calls_per_hour=3)
    robin = replace(asker, credential=key, heard={})
    assert asker.call(INTROSPECT, IntrospectRequest(token=key)).active  # is no call of the agent's
    left = []
    for name, sent in ((CONSUME, ONE), (INTROSPECT, OWN), (EXPLAIN, ExplainRequest(permission="quotas:read"))):
        robin.call(name, sent)
        left.append(robin.heard["ratelimit"])
    assert left == [f'"agent";r={each};t=3600' for each in (2, 1, 0)]
    for name, sent in ((CONSUME, ONE), (INTROSPECT, OWN)):
        assert robin.call(name, sent) == Refused("RESOURCE_EXHAUSTED", "AGENT_LIMIT")
        assert robin.heard["ratelimit-policy"] == '"agent";q=3;w=3600'
        assert 3590 <= retry_in(robin) == int(robin.heard["retry-after"]) <= 3600
    assert Api(key).get("quotas/").status == 429
    assert asker.call(INTROSPECT, IntrospectRequest(token=key)).active
    assert rows("SELECT count FROM attempts WHERE name = 'agent'") == [(3,)]


def test_a_call_counts_although_its_reason_is_in_no_form(acme: Cast, asker: Caller) -> None:
    robin = replace(asker, credential=leashed.key_of(acme, *SCOPES, calls_per_hour=1))
    reasons = [robin.call(INTROSPECT, OWN, workix_reason="short").reason for _ in range(2)]
    assert reasons == ["VALIDATION_ERROR", "AGENT_LIMIT"]


def retry_in(caller: Caller) -> int:
    """Return the seconds that the RetryInfo of a refusal says."""
    found = RetryInfo()
    assert any(each.Unpack(found) for each in Status.FromString(caller.heard["grpc-status-details-bin"]).details)
    return int(found.retry_delay.seconds)


@pytest.mark.usefixtures("_limited")
def test_an_agent_hears_of_all_its_rates_in_answers_and_in_refusals(acme: Cast, asker: Caller) -> None:
    robin = replace(asker, credential=leashed.key_of(acme, *SCOPES, calls_per_hour=2))
    heard = []
    for name, sent, reason in ((INTROSPECT, OWN, ""), (CONSUME, ONE, "NOT_FOR_AGENTS"), (CONSUME, ONE, "AGENT_LIMIT")):
        assert getattr(robin.call(name, sent), "reason", "") == reason
        heard.append(sorted(each.strip().partition(";")[0] for each in robin.heard["ratelimit"].split(",")))
    assert heard == [['"actor"', '"agent"', '"organization"']] * 3
    assert robin.call(CONSUME, ONE) == Refused("RESOURCE_EXHAUSTED", "RATE_LIMITED")  # as REST counts what is refused


@pytest.mark.usefixtures("_limited")
def test_what_is_refused_before_anybody_is_known_counts_by_its_address(runner: Caller) -> None:
    nobody = replace(runner, credential="")
    reasons = [nobody.call(CONSUME, ONE, workix_reason="short").reason for _ in range(3)]
    assert reasons == ["NOT_AUTHENTICATED", "NOT_AUTHENTICATED", "RATE_LIMITED"]
    assert runner.call(CONSUME, ONE).balance.used == 1


@pytest.mark.usefixtures("_limited")
def test_a_key_that_is_revoked_counts_as_nobodys(acme: Cast, runner: Caller) -> None:
    """Not for the organization either: whoever found it uses nothing of it up."""
    assert runner.call(CONSUME, ONE).balance.used == 1
    rows("UPDATE api_keys SET deleted_at = now()", acme)
    whose = []
    for _ in range(2):
        assert runner.call(CONSUME, ONE).reason == "TOKEN_NOT_VALID"
        whose.append(runner.heard["ratelimit"].partition(";")[0])
    assert whose == ['"actor"', '"address"'], "it was known, and is no more"


@pytest.mark.parametrize("again", [False, True])
def test_what_is_to_be_tried_is_not_done(acme: Cast, runner: Caller, again: bool) -> None:
    if again:
        assert runner.call(CONSUME, ONE, workix_dry_run="false").balance.used == 1
    for said in ("true", "yes"):
        refused = runner.call(CONSUME, ONE, workix_dry_run=said)
        assert refused == Refused("INVALID_ARGUMENT", "DRY_RUN_REFUSED")
    assert rows("SELECT count(*) FROM quota_movements") == [(int(again),)]
