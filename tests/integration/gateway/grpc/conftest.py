"""A gRPC server in this process, and who calls it: keys of Acme, by an ordinary channel over loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import grpc
import pytest
from django.conf import settings
from google.protobuf.message import Message
from google.rpc import error_details_pb2
from google.rpc.status_pb2 import Status

from gateway.grpc.methods import METHODS
from gateway.grpc.protos.workix.v1 import authorization_pb2, introspection_pb2, quotas_pb2
from gateway.grpc.server import begin
from tests.cast import Api
from tests.servers import PATIENCE_SECONDS

ANSWERS = {
    "Introspection/Introspect": introspection_pb2.IntrospectResponse,
    "Quotas/Consume": quotas_pb2.ConsumeResponse,
    "Quotas/Reserve": quotas_pb2.ReserveResponse,
    "Quotas/Commit": quotas_pb2.CommitResponse,
    "Quotas/Release": quotas_pb2.ReleaseResponse,
    "Authorization/Explain": authorization_pb2.ExplainResponse,
}


@dataclass(frozen=True)
class Refused:
    """What a failed call says: its code, the reason, the metadata of the reason, and the fields that are wrong."""

    code: str
    reason: str
    more: dict[str, str] = field(default_factory=dict)
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Caller:
    """Somebody who calls with a credential; `trailing` of the last call is kept in `heard`."""

    channel: grpc.Channel
    credential: str
    heard: dict[str, Any] = field(default_factory=dict)

    def call(
        self, name: str, sent: Message | bytes, timeout: float | None = PATIENCE_SECONDS / 2, **metadata: str
    ) -> Any:
        """Return the answer, or what the refusal says."""
        named = {"authorization": f"Bearer {self.credential}"} if self.credential else {}
        named |= {each.replace("_", "-"): value for each, value in metadata.items()}
        asked = self.channel.unary_unary(f"/workix.v1.{name}")
        body = sent if isinstance(sent, bytes) else sent.SerializeToString()
        try:
            answer, call = asked.with_call(body, timeout=timeout, metadata=tuple(named.items()))
        except grpc.RpcError as error:
            self._hear(error)
            return _refused(error)
        self._hear(call)
        return ANSWERS[name].FromString(answer)

    def _hear(self, call: Any) -> None:
        self.heard.clear()
        self.heard.update((each.key, each.value) for each in call.trailing_metadata() or ())


def _refused(error: Any) -> Refused:
    told = {each.key: each.value for each in error.trailing_metadata() or ()}
    if "grpc-status-details-bin" not in told:
        return Refused(error.code().name, "")
    status = Status.FromString(told["grpc-status-details-bin"])
    assert (status.code, status.message) == (error.code().value[0], error.details())
    info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    fields: tuple[str, ...] = ()
    for each in status.details:
        if each.Unpack(bad):
            fields = tuple(f"{violation.field}: {violation.reason}" for violation in bad.field_violations)
        each.Unpack(info)
    return Refused(error.code().name, info.reason, dict(info.metadata), fields)


@pytest.fixture(scope="module")
def channel() -> Iterator[grpc.Channel]:
    server = begin(settings.WORKIX, "127.0.0.1:0", METHODS)
    with grpc.insecure_channel(f"127.0.0.1:{server.port}") as channel:
        yield channel
    server.stop(grace=0).wait()


def key_of(admin: Api, *scopes: str, **more: Any) -> str:
    answer = admin.post("api-keys/", {"name": "Runner", "scopes": list(scopes), **more})
    assert answer.status == 201, answer.body
    return str(answer.body["key"])


@pytest.fixture
def runner(channel: grpc.Channel, alice: Api) -> Caller:
    """Call as a service of Acme that consumes."""
    return Caller(channel, key_of(alice, "quotas:consume", "quotas:read"))
