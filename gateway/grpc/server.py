"""The gRPC server: our services, health (grpc.health.v1) and reflection; begun, and ended without breaking a call."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import grpc
from google.protobuf import timestamp_pb2
from google.protobuf.descriptor_pool import DescriptorPool
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection, reflection_pb2

from gateway.grpc.answering import Handlers
from gateway.grpc.calls import LARGEST_MESSAGE, Method
from gateway.grpc.methods import FILES, METHODS
from gateway.grpc.threads import Threads
from gateway.grpc.tls import Certificate, is_of_this_machine
from workix.config.environment import Environment
from workix.core.errors import ProblemError

#: In seconds: how long calls that are under way may take once it is told to end.
GRACE = 20
#: In seconds: then a client is asked to connect anew, and so finds servers that were started meanwhile. No call ends by it.
CONNECTION_AGE = 600
_LARGEST_METADATA = 16_384
_OPTIONS = (
    ("grpc.max_receive_message_length", LARGEST_MESSAGE),
    ("grpc.max_metadata_size", _LARGEST_METADATA),
    ("grpc.absolute_max_metadata_size", _LARGEST_METADATA),
    ("grpc.so_reuseport", 0),  # a second server on one address is a fault, and no partner
    ("grpc.max_connection_age_ms", CONNECTION_AGE * 1000),
    ("grpc.max_connection_age_grace_ms", GRACE * 1000),
    ("grpc.http2.bdp_probe", 0),  # no pings to find out how much is under way: a message is small
    ("grpc.http2.min_ping_interval_without_data_ms", 10_000),
)


class CantListen(ProblemError):
    code = "cant_listen"


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    port: int
    _server: grpc.Server
    _health: health.HealthServicer

    def stop(self, *, drain: float = 0, grace: float = GRACE) -> threading.Event:
        """End it: not healthy for `drain` seconds, then closed to new calls; the event is set when the last one is over."""
        self._health.enter_graceful_shutdown()
        threading.Event().wait(drain)
        ended: threading.Event = self._server.stop(grace)
        return ended


def begin(workix: Environment, bind: str, methods: Mapping[str, Method] = METHODS) -> Server:
    """Answer calls at `bind` (host:port; port 0 is any that is free).

    :raises CantListen: when the address is taken, or is reached from elsewhere without TLS.
    """
    server = grpc.server(
        Threads(workix.grpc_threads),
        handlers=[Handlers(dict(methods))],
        options=_OPTIONS,
        maximum_concurrent_rpcs=workix.grpc_calls_at_once,
    )
    told = health.HealthServicer(experimental_non_blocking=True, experimental_thread_pool=ThreadPoolExecutor(2))
    health_pb2_grpc.add_HealthServicer_to_server(told, server)
    services = sorted({path.split("/")[1] for path in methods})
    names = (*services, health.SERVICE_NAME, reflection.SERVICE_NAME)
    reflection.enable_server_reflection(names, server, _told_by_reflection())
    port = _listen(server, workix, bind)
    server.start()
    for name in ("", *services):
        told.set(name, health_pb2.HealthCheckResponse.SERVING)
    return Server(port, server, told)


def _listen(server: grpc.Server, workix: Environment, bind: str) -> int:
    try:
        if workix.grpc_tls_certificate is not None and workix.grpc_tls_key is not None:
            certificate = Certificate(workix.grpc_tls_certificate, workix.grpc_tls_key)
            port: int = server.add_secure_port(bind, certificate.credentials())
        elif workix.grpc_plaintext or is_of_this_machine(bind):
            port = server.add_insecure_port(bind)
        else:
            raise CantListen(
                f"{bind} is reached from elsewhere: set WORKIX_GRPC_TLS_CERTIFICATE and WORKIX_GRPC_TLS_KEY, or"
                " WORKIX_GRPC_PLAINTEXT=true where credentials may travel readable."
            )
    except (RuntimeError, OSError) as error:
        raise CantListen(f"The gRPC server can't listen at {bind}: {error}.") from error
    return port


def _told_by_reflection() -> Any:
    """Make a pool of our own files and what they import: the default one holds whatever else this process has loaded."""
    pool = DescriptorPool()
    for module in (timestamp_pb2, *FILES, health_pb2, reflection_pb2):
        pool.AddSerializedFile(module.DESCRIPTOR.serialized_pb)
    return pool
