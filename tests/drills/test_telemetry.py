"""Traces of real processes: of the web server after its fork and of the worker, sent before they end, whether or not anybody takes them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.customers import Customer
from tests.database import another_database
from tests.environment import WORKER
from tests.servers import Platform, end, free_port
from tests.telemetry.otlp import OtlpReceiver, receiving

pytestmark = [pytest.mark.drill, pytest.mark.requirement("S31")]


@pytest.fixture(scope="module")
def receiver() -> Iterator[OtlpReceiver]:
    with receiving() as server:
        yield server


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory, receiver: OtlpReceiver) -> Iterator[Platform]:
    with another_database(f"workix_telemetry_{WORKER}") as settings:
        told = {"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.url, "WORKIX_TRACE_RATIO": "1", "WORKIX_WEB_WORKERS": "2"}
        yield Platform.at(settings, tmp_path_factory.mktemp("var"), **told, WORKIX_LOG_LEVEL="INFO")


def test_what_was_asked_at_the_last_moment_is_sent_and_the_job_is_linked_to_it(
    platform: Platform, receiver: OtlpReceiver
) -> None:
    with platform.serving():
        assert Customer.opens(platform, "traced").access
    began = time.monotonic()
    platform.manage("run_worker", "--once")
    spans = {each.name: each for each in receiver.spans()}
    opening = spans["POST api/v1/sign-up/"]
    job = next(each for each in spans.values() if opening.trace_id in each.links)
    assert (opening.resource["service.name"], job.resource["service.name"]) == ("workix-web", "workix-worker")
    assert time.monotonic() - began < 30
    log = (Path(platform.settings["WORKIX_VAR"]) / "processes.log").read_text()
    assert "tracing.receiver_is_down" not in log


def test_a_receiver_that_is_not_there_fails_no_request_and_delays_no_end(platform: Platform) -> None:
    nobody = {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{free_port()}"}
    alone = Platform(platform.port, {**platform.settings, **nobody})
    process = alone.start_web()
    alone.await_ready()
    statuses = {alone.call("GET", "/api/v1/me/").status for _ in range(100)}
    began = time.monotonic()
    end(process)
    log = (Path(platform.settings["WORKIX_VAR"]) / "processes.log").read_text()
    assert (statuses, time.monotonic() - began < 6) == ({401}, True)
    assert 1 <= len(re.findall(r"tracing\.receiver_is_down", log)) <= 2
