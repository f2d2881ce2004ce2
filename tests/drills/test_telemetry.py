"""Traces of real processes, web server and worker: sent before they end, and no hindrance where nobody takes them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.customers import Customer
from tests.database import another_database
from tests.environment import WORKER
from tests.servers import Platform, end, free_port, wait_for
from tests.telemetry.otlp import OtlpReceiver, receiving

pytestmark = [pytest.mark.drill, pytest.mark.requirement("S31")]

#: So long the library would wait for a receiver that does not answer.
HALF_A_MINUTE = 30


@pytest.fixture(scope="module")
def receiver() -> Iterator[OtlpReceiver]:
    with receiving() as server:
        yield server


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory, receiver: OtlpReceiver) -> Iterator[Platform]:
    with another_database(f"workix_telemetry_{WORKER}") as settings:
        told = {"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.url, "WORKIX_TRACE_RATIO": "1", "WORKIX_WEB_WORKERS": "2"}
        yield Platform.at(settings, tmp_path_factory.mktemp("var"), **told, WORKIX_LOG_LEVEL="INFO")


def log_of(platform: Platform) -> str:
    return (Path(platform.settings["WORKIX_VAR"]) / "processes.log").read_text()


def test_what_was_asked_at_the_last_moment_is_sent_and_the_job_is_linked_to_it(
    platform: Platform, receiver: OtlpReceiver
) -> None:
    with platform.serving():
        assert Customer(platform, "traced").open().status == 201
    platform.manage("run_worker", "--once")
    spans = {each.name: each for each in receiver.spans()}
    opening = spans["POST api/v1/organizations/"]
    job = next(each for each in spans.values() if opening.trace_id in each.links)
    assert (opening.resource["service.name"], job.resource["service.name"]) == ("workix-web", "workix-worker")
    assert "tracing." not in log_of(platform)


def test_a_receiver_that_is_not_there_fails_no_request_and_delays_no_end(platform: Platform) -> None:
    nobody = {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{free_port()}"}
    alone = Platform(platform.port, {**platform.settings, **nobody})
    process = alone.start_web()
    alone.await_ready()
    statuses = {alone.call("GET", "/api/v1/me/").status for _ in range(100)}
    wait_for(lambda: "tracing.receiver_is_down" in log_of(platform) or None)
    alone.call("GET", "/api/v1/me/")
    began = time.monotonic()
    end(process)
    assert (statuses, time.monotonic() - began < HALF_A_MINUTE) == ({401}, True)
    assert log_of(platform).count("tracing.receiver_is_down") <= 2  # web processes
