"""The gRPC server: deadlines, sizes, malformed bytes, reflection, health, TLS, plaintext, the end."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import grpc
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from gateway.grpc import server as grpc_server
from gateway.grpc import threads
from gateway.grpc.protos.workix.v1.quotas_pb2 import ConsumeRequest
from gateway.grpc.server import CantListen, begin
from tests.acts import rows
from tests.cast import Api, Cast
from tests.database import superuser
from tests.integration.gateway.grpc.conftest import Caller, Refused, key_of
from tests.servers import PATIENCE_SECONDS, wait_for

pytestmark = pytest.mark.requirement("S41")

CONSUME = "Quotas/Consume"
ONE = ConsumeRequest(resource="pipelines")
#: A type of frame (RFC 9113, 6.8).
GO_AWAY = 7
HEALTH = health_pb2.HealthCheckRequest(service="workix.v1.Quotas")


def test_a_call_whose_deadline_passes_is_undone(acme: Cast, runner: Caller) -> None:
    assert runner.call(CONSUME, ONE, timeout=None).balance.used == 1
    with superuser() as holder:
        holder.execute("BEGIN")
        holder.execute("SELECT * FROM quotas WHERE organization_id = %s FOR UPDATE", [acme.organization.id])
        assert runner.call(CONSUME, ONE, timeout=0.2).code == "DEADLINE_EXCEEDED"
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename LIKE 'org_%%'"
        wait_for(lambda: rows(waiting) == [(0,)] or None)
        holder.execute("ROLLBACK")
    assert runner.call(CONSUME, ONE).balance.used == 2


@pytest.mark.parametrize(
    ("sent", "code", "reason"),
    [
        (b"\xff\xff\xff", "INVALID_ARGUMENT", "PARSE_ERROR"),
        (b"\x0a\x02\xc3\x28", "INVALID_ARGUMENT", "PARSE_ERROR"),
        (b"\x0a" + b"x" * 70_000, "RESOURCE_EXHAUSTED", ""),
    ],
)
def test_what_is_no_message_or_too_large_is_refused(runner: Caller, sent: bytes, code: str, reason: str) -> None:
    assert runner.call(CONSUME, sent) == Refused(code, reason)


def test_calls_without_a_message_hold_no_thread_and_are_refused_as_they_end(
    channel: grpc.Channel, runner: Caller
) -> None:
    ended = threading.Event()
    silent = channel.stream_unary(f"/workix.v1.{CONSUME}")
    opened = [
        silent.future(_nothing_until(ended), timeout=PATIENCE_SECONDS) for _ in range(settings.WORKIX.grpc_threads + 1)
    ]
    assert runner.call(CONSUME, ONE).balance.used == 1
    opened[0].cancel()
    ended.set()
    assert {each.code() for each in opened[1:]} == {grpc.StatusCode.UNIMPLEMENTED}
    assert runner.call(CONSUME, ONE).balance.used == 2


def test_a_call_whose_message_does_not_come_takes_the_place_of_no_other_for_long(
    alice: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An attack: to open as many calls as are taken at once, without a credential, and to say nothing."""
    monkeypatch.setattr(threads, "MESSAGE_SECONDS", 0.2)
    monkeypatch.setattr(threads, "LOOKS_EVERY", 0.05)
    workix = settings.WORKIX.model_copy(update={"grpc_calls_at_once": 2})
    server, ended = begin(workix, "127.0.0.1:0"), threading.Event()
    with grpc.insecure_channel(f"127.0.0.1:{server.port}") as channel:
        silent = channel.stream_unary(f"/workix.v1.{CONSUME}")
        opened = [silent.future(_nothing_until(ended), timeout=PATIENCE_SECONDS) for _ in range(2)]
        assert {each.code() for each in opened} == {grpc.StatusCode.DEADLINE_EXCEEDED}
        assert {each.details() for each in opened} == {"The message did not come in time."}
        runner = Caller(channel, key_of(alice, "quotas:consume"))
        wait_for(lambda: getattr(runner.call(CONSUME, ONE), "balance", None))  # a place is free a moment after that
        ended.set()
    server.stop(grace=0).wait()


def test_streams_that_stay_open_take_the_place_of_no_call(alice: Api) -> None:
    """An attack: to open streams of reflection, which takes no credential, until no call is taken any more."""
    workix = settings.WORKIX.model_copy(update={"grpc_calls_at_once": threads.MOST_STREAMS + 1})
    server, ended = begin(workix, "127.0.0.1:0"), threading.Event()
    with grpc.insecure_channel(f"127.0.0.1:{server.port}") as channel:
        open_stream = reflection_pb2_grpc.ServerReflectionStub(channel).ServerReflectionInfo
        opened = [open_stream(_nothing_until(ended)) for _ in range(threads.MOST_STREAMS + 2)]
        wait_for(lambda: sum(each.done() for each in opened) == 2 or None)
        assert {each.code() for each in opened if each.done()} == {grpc.StatusCode.RESOURCE_EXHAUSTED}
        assert Caller(channel, key_of(alice, "quotas:consume")).call(CONSUME, ONE).balance.used == 1
        ended.set()
        wait_for(lambda: all(each.done() for each in opened) or None)
    server.stop(grace=0).wait()


def _nothing_until(ended: threading.Event) -> Iterator[bytes]:
    ended.wait()
    yield from ()


def test_what_is_not_there_is_unimplemented(runner: Caller) -> None:
    with pytest.raises(grpc.RpcError) as refusal:
        runner.channel.unary_unary("/workix.v1.Quotas/Steal")(b"")
    assert refusal.value.code() is grpc.StatusCode.UNIMPLEMENTED  # type: ignore[attr-defined]  # a call, too


def test_reflection_tells_of_our_services_and_of_nothing_else(channel: grpc.Channel) -> None:
    def asked(**what: str) -> Any:
        stub = reflection_pb2_grpc.ServerReflectionStub(channel)
        request = reflection_pb2.ServerReflectionRequest(**what)
        return next(iter(stub.ServerReflectionInfo(iter((request,)), timeout=PATIENCE_SECONDS)))

    names = [each.name for each in asked(list_services="").list_services_response.service]
    assert sorted(names) == [
        "grpc.health.v1.Health",
        "grpc.reflection.v1alpha.ServerReflection",
        "workix.v1.Authorization",
        "workix.v1.Introspection",
        "workix.v1.Quotas",
    ]
    assert asked(file_containing_symbol="workix.v1.Quotas").file_descriptor_response.file_descriptor_proto
    assert asked(file_by_filename="google/rpc/status.proto").error_response.error_code == 5


def test_health_is_told_without_a_credential_and_ends_before_the_server_does(database: None) -> None:
    server = begin(settings.WORKIX, "127.0.0.1:0")
    with grpc.insecure_channel(f"127.0.0.1:{server.port}") as channel:
        health = health_pb2_grpc.HealthStub(channel)
        assert health.Check(HEALTH, timeout=PATIENCE_SECONDS).status == health_pb2.HealthCheckResponse.SERVING
        told = health.Watch(HEALTH, timeout=PATIENCE_SECONDS)
        assert next(told).status == health_pb2.HealthCheckResponse.SERVING
        ending = threading.Thread(target=lambda: server.stop(drain=0.1).wait())
        ending.start()
        assert next(told).status == health_pb2.HealthCheckResponse.NOT_SERVING
        told.cancel()
        ending.join()
        with pytest.raises(grpc.RpcError):
            health.Check(HEALTH, timeout=PATIENCE_SECONDS)


def test_clients_are_asked_to_connect_anew_and_no_call_fails_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    options = dict(grpc_server._OPTIONS)
    assert options["grpc.max_connection_age_ms"] == 600_000
    monkeypatch.setattr(grpc_server, "_OPTIONS", (*(options | {"grpc.max_connection_age_ms": 100}).items(),))
    server = begin(settings.WORKIX, "127.0.0.1:0")
    address = ("127.0.0.1", server.port)
    with grpc.insecure_channel(f"127.0.0.1:{server.port}") as channel, socket.create_connection(address) as client:
        client.settimeout(PATIENCE_SECONDS)
        client.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0")  # and empty SETTINGS
        health = health_pb2_grpc.HealthStub(channel)
        with client.makefile("rb") as sent:
            while (kind := _kind_of_frame(sent)) != GO_AWAY:
                assert kind is not None
                assert health.Check(HEALTH, timeout=PATIENCE_SECONDS).status == health_pb2.HealthCheckResponse.SERVING
        for _ in range(200):
            assert health.Check(HEALTH, timeout=PATIENCE_SECONDS).status == health_pb2.HealthCheckResponse.SERVING
    server.stop(grace=0).wait()


def _kind_of_frame(sent: IO[bytes]) -> int | None:
    """Read a frame of HTTP/2 (RFC 9113, 4.1); None at the end."""
    head = sent.read(9)
    sent.read(int.from_bytes(head[:3]))
    return head[3] if head else None


def test_it_listens_beyond_this_machine_with_tls_or_where_that_was_said(tmp_path: Path) -> None:
    with pytest.raises(CantListen, match="WORKIX_GRPC_TLS_CERTIFICATE"):
        begin(settings.WORKIX, "0.0.0.0:0")
    plain = settings.WORKIX.model_copy(update={"grpc_plaintext": True})
    begin(plain, "0.0.0.0:0").stop(grace=0).wait()
    taken = begin(settings.WORKIX, "127.0.0.1:0")
    with pytest.raises(CantListen):
        begin(settings.WORKIX, f"127.0.0.1:{taken.port}")
    taken.stop(grace=0).wait()


def test_a_certificate_that_is_renewed_is_shown_at_the_next_handshake(tmp_path: Path) -> None:
    first, second = pair(tmp_path), pair(tmp_path / "renewed")
    files = {"grpc_tls_certificate": tmp_path / "tls.crt", "grpc_tls_key": tmp_path / "tls.key"}
    server = begin(settings.WORKIX.model_copy(update=files), "127.0.0.1:0")
    assert is_answered(server.port, first)
    assert not is_answered(server.port, second)
    for file in files.values():
        (tmp_path / "renewed" / file.name).replace(file)
    assert is_answered(server.port, second)
    assert not is_answered(server.port, first)
    server.stop(grace=0).wait()


def pair(folder: Path) -> bytes:
    """Write a certificate of this machine and its key; return the certificate."""
    folder.mkdir(exist_ok=True)
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.PEM)
    )
    (folder / "tls.crt").write_bytes(made)
    (folder / "tls.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return made


def is_answered(port: int, certificate: bytes) -> bool:
    """Say whether somebody who trusts this certificate alone gets an answer."""
    trusted = grpc.ssl_channel_credentials(certificate)
    with grpc.secure_channel(f"localhost:{port}", trusted) as channel:
        try:
            health_pb2_grpc.HealthStub(channel).Check(HEALTH, timeout=PATIENCE_SECONDS)
        except grpc.RpcError:
            return False
    return True
