"""manage.py grpc as it runs: a process that answers a service, counts for Prometheus, and ends when it is told to."""

from __future__ import annotations

import signal

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from gateway.grpc.protos.workix.v1.quotas_pb2 import ConsumeRequest
from tests.database import another_database
from tests.environment import WORKER
from tests.servers import PATIENCE_SECONDS, Platform, end, free_port

pytestmark = pytest.mark.slow


def test_it_answers_until_it_is_told_to_end(tmp_path_factory: pytest.TempPathFactory) -> None:
    bind = f"127.0.0.1:{free_port()}"
    with another_database(f"workix_grpc_{WORKER}") as settings:
        platform = Platform.at(settings, tmp_path_factory.mktemp("var"))
        process = platform.start_command("grpc", "--bind", bind)
        try:
            with grpc.insecure_channel(bind) as channel:
                grpc.channel_ready_future(channel).result(timeout=PATIENCE_SECONDS)
                health = health_pb2_grpc.HealthStub(channel)
                answer = health.Check(
                    health_pb2.HealthCheckRequest(service="workix.v1.Quotas"), timeout=PATIENCE_SECONDS
                )
                assert answer.status == health_pb2.HealthCheckResponse.SERVING
                consume = channel.unary_unary("/workix.v1.Quotas/Consume")
                with pytest.raises(grpc.RpcError) as refusal:
                    consume(ConsumeRequest(resource="executions").SerializeToString(), timeout=PATIENCE_SECONDS)
                assert refusal.value.code() is grpc.StatusCode.UNAUTHENTICATED  # type: ignore[attr-defined]  # a call, too
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=PATIENCE_SECONDS) == 0
        finally:
            end(process)
