"""workix.v1.Quotas: consume, reserve, commit, release, as REST does, and under the same idempotency keys."""

from __future__ import annotations

from uuid import UUID

import pytest

from gateway.grpc.answering import Answering
from gateway.grpc.methods import METHODS
from gateway.grpc.protos.workix.v1.quotas_pb2 import (
    Balance,
    CommitRequest,
    ConsumeRequest,
    ConsumptionToRelease,
    ReleaseRequest,
    ReserveRequest,
)
from tests.acts import at_once, rows, statements_of
from tests.cast import Api, Cast
from tests.integration.gateway.grpc.conftest import Caller, Refused

pytestmark = pytest.mark.requirement("S41")

WHY = {"workix_reason": "The nightly run of job 41.", "workix_trace": "run-41/step-1"}
CONSUME, RELEASE = "Quotas/Consume", "Quotas/Release"


def balance(*, used: int, reserved: int = 0) -> Balance:
    return Balance(
        resource="pipelines", limit=10, used=used, reserved=reserved, remaining=10 - used - reserved, period="none"
    )


def test_what_is_consumed_is_counted_told_to_the_trail_and_given_back(acme: Cast, alice: Api, runner: Caller) -> None:
    taken = runner.call(CONSUME, ConsumeRequest(resource="pipelines", amount=4), x_request_id="grpc-request-1", **WHY)
    assert (UUID(taken.id).version, taken.balance) == (7, balance(used=4))
    assert runner.heard["x-request-id"] == "grpc-request-1"
    entry = alice.get("audit-logs/?action=quota.consumed").body["results"][0]
    told = {name: entry[name] for name in ("request_id", "ip_address", "reason", "run_id", "changes")}
    assert told == {
        "request_id": "grpc-request-1",
        "ip_address": "127.0.0.1",
        "reason": "The nightly run of job 41.",
        "run_id": "run-41",
        "changes": {"amount": 4, "resource": "pipelines", "consumption": taken.id},
    }
    assert entry["actor"]["type"] == "api_key"
    one = ConsumptionToRelease(id=taken.id, resource="pipelines")
    assert runner.call(RELEASE, ReleaseRequest(consumption=one)).balance == balance(used=0)
    assert runner.call(RELEASE, ReleaseRequest(consumption=one)) == Refused("FAILED_PRECONDITION", "ALREADY_RELEASED")


def test_what_is_held_is_committed_or_freed(runner: Caller) -> None:
    held = runner.call("Quotas/Reserve", ReserveRequest(resource="pipelines", amount=5, ttl_seconds=60))
    other = runner.call("Quotas/Reserve", ReserveRequest(resource="pipelines"))
    assert (held.amount, held.balance, other.balance) == (5, balance(used=0, reserved=5), balance(used=0, reserved=6))
    assert held.expires_at.seconds > 0
    committed = runner.call("Quotas/Commit", CommitRequest(reservation=held.id, amount=3))
    assert (committed.id, committed.balance) == (held.id, balance(used=3, reserved=1))
    assert runner.call(RELEASE, ReleaseRequest(reservation=other.id)).balance == balance(used=3)
    assert runner.call(RELEASE, ReleaseRequest(reservation=other.id)).reason == "ALREADY_RELEASED"


def test_more_than_is_left_is_refused_and_nothing_is_taken(runner: Caller) -> None:
    runner.call(CONSUME, ConsumeRequest(resource="pipelines", amount=8))
    refused = runner.call(CONSUME, ConsumeRequest(resource="pipelines", amount=3))
    more = {"resource": "pipelines", "limit": "10", "burst": "0", "used": "8", "resets_at": ""}
    assert refused == Refused("RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED", more)
    assert rows("SELECT amount FROM quota_movements") == [(8,)]


def test_of_many_at_once_no_more_get_a_unit_than_there_are(runner: Caller) -> None:
    answers = at_once(lambda _: runner.call(CONSUME, ConsumeRequest(resource="pipelines", amount=3)), 6)
    assert sum(isinstance(each, Refused) for each in answers) == 3
    assert rows("SELECT sum(amount)::integer FROM quota_movements") == [(9,)]


def test_a_consumption_by_a_known_key_is_one_statement(runner: Caller) -> None:
    """Whose the key is, whether it is good, the units, the entry and the balance."""

    class Context:
        peer = staticmethod(lambda: "ipv4:127.0.0.1:40312")
        invocation_metadata = staticmethod(lambda: (("authorization", f"Bearer {runner.credential}"),))
        time_remaining = staticmethod(lambda: None)
        add_callback = staticmethod(lambda told: True)
        set_trailing_metadata = staticmethod(lambda told: None)

    path, sent = f"/workix.v1.{CONSUME}", ConsumeRequest(resource="pipelines").SerializeToString()
    answering = Answering(path, METHODS[path])
    answering(sent, Context())
    answering(sent, Context())
    assert len(statements_of(lambda: answering(sent, Context()))) == 1
    assert rows("SELECT amount FROM quota_movements") == [(1,)] * 3


def test_one_idempotency_key_is_one_consumption_over_grpc_and_rest(runner: Caller, alice: Api) -> None:
    asked = ConsumeRequest(resource="pipelines", amount=2)
    first = runner.call(CONSUME, asked, idempotency_key="one-and-only")
    assert "idempotency-replayed" not in runner.heard
    assert runner.call(CONSUME, asked, idempotency_key="one-and-only") == first
    assert runner.heard["idempotency-replayed"] == "true"
    rest = Api(runner.credential).post("quotas/pipelines/consumptions/", {"amount": 2}, Idempotency_Key="one-and-only")
    assert (rest.status, rest.body["id"], rest.headers["Idempotency-Replayed"]) == (201, first.id, "true")
    other = ConsumeRequest(resource="pipelines", amount=3)
    reused = runner.call(CONSUME, other, idempotency_key="one-and-only")
    assert reused == Refused("FAILED_PRECONDITION", "IDEMPOTENCY_KEY_REUSED")
    assert rows("SELECT amount FROM quota_movements") == [(2,)]


@pytest.mark.parametrize(
    ("name", "sent", "fields"),
    [
        (CONSUME, ConsumeRequest(resource="pipelines", amount=0), ("amount: MIN_VALUE",)),
        (CONSUME, ConsumeRequest(resource="pipelines", amount=1 << 40), ("amount: MAX_VALUE",)),
        ("Quotas/Reserve", ReserveRequest(resource="pipelines", ttl_seconds=86_401), ("ttl_seconds: MAX_VALUE",)),
        ("Quotas/Commit", CommitRequest(reservation="\0"), ("reservation: INVALID",)),
        (RELEASE, ReleaseRequest(), ("what: REQUIRED",)),
    ],
)
def test_what_can_not_be_right_names_the_field(
    runner: Caller, name: str, sent: ConsumeRequest, fields: tuple[str, ...]
) -> None:
    assert runner.call(name, sent) == Refused("INVALID_ARGUMENT", "VALIDATION_ERROR", {}, fields)


def test_what_nobody_counts_is_not_found_and_what_the_platform_counts_is_not_moved(runner: Caller) -> None:
    for resource in ("rockets", "pipe\0lines", ""):
        assert runner.call(CONSUME, ConsumeRequest(resource=resource)) == Refused("NOT_FOUND", "NOT_FOUND")
    assert runner.call(CONSUME, ConsumeRequest(resource="users")) == Refused("FAILED_PRECONDITION", "CONFLICT")
