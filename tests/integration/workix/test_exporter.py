"""One port tells what all processes counted; whoever is free answers, and another takes over."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.environment import PROJECT
from tests.servers import end, free_port, wait_for
from workix.foundation.exposition import Exposition

pytestmark = pytest.mark.requirement("S29")

# A process as gunicorn's workers are: it counts, and it is ready to answer.
COUNTING = """
import sys, time
from pathlib import Path
from workix import env
env.share_metrics(Path(sys.argv[1]))
from django.conf import settings
settings.configure()
from workix.foundation import metrics
from workix.foundation.exposition import Exposition
metrics.count_request("GET", "test/", 200, 0.01)
Exposition("web", sys.argv[2], Path(sys.argv[1]), "1.2.3", every=0.05).start()
print("counted", flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def _in_test_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)


@contextmanager
def process(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = (sys.executable, "-c", COUNTING, str(folder), f"127.0.0.1:{port}")
    started = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    assert started.stdout is not None
    with started.stdout:
        assert started.stdout.readline() == b"counted\n"
        yield started
        end(started)


def get(port: int, path: str = "/metrics", **headers: str) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Content-Type") or "", answer.read().decode()
    finally:
        connection.close()


def told(port: int) -> dict[str, float]:
    """Return every sample of a scrape, written as Prometheus writes it."""
    _, _, text = get(port)
    return {
        f"{sample.name}{json.dumps(sample.labels, sort_keys=True)}": sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


REQUESTS = 'workix_requests_total{"method": "GET", "status": "2xx", "view": "test/"}'
COUNT = 'workix_request_seconds_count{"method": "GET", "view": "test/"}'
PROCESSES = 'workix_processes{"role": "web"}'
INFO = f'workix_build_info{{"python": "{sys.version.split()[0]}", "version": "1.2.3"}}'


@pytest.mark.slow
def test_one_scrape_sees_every_process_and_the_next_answers_when_one_ends(tmp_path: Path) -> None:
    port = free_port()
    with process(tmp_path, port) as first:
        wait_for(lambda: get(port)[0] == 200 or None)
        with process(tmp_path, port):
            wait_for(lambda: told(port).get(PROCESSES) == 2 or None)
            before = told(port)
            end(first)
            after = wait_for(lambda: told(port))
            assert (before[REQUESTS], before[COUNT], before[INFO]) == (2, 2, 1)
            # What the ended one counted stays; that it lived does not.
            assert (after[REQUESTS], after[COUNT], after[PROCESSES]) == (2, 2, 1)
            assert len(list(tmp_path.glob("counter_*.db"))) == 2  # the grave, and the one that lives


@contextmanager
def alone(bind: str = "127.0.0.1:0") -> Iterator[Exposition]:
    """Answer for this process only, as development does without gunicorn."""
    exposition = Exposition("test", bind, None, "1.2.3", every=0.05)
    thread = exposition.start()
    try:
        yield exposition
    finally:
        exposition.stop()
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture
def port() -> Iterator[int]:
    with alone() as exposition:
        yield wait_for(lambda: exposition.port)


def test_a_process_without_a_folder_answers_for_itself(port: int) -> None:
    found = told(port)
    assert found['workix_processes{"role": "test"}'] == 1
    assert found['workix_process_memory_bytes{"role": "test"}'] > 1_000_000
    assert found['workix_process_cpu_seconds_total{"role": "test"}'] > 0
    assert found['workix_connection_waits_total{"outcome": "none_free"}'] >= 0


def test_it_speaks_openmetrics_to_who_asks_for_it(port: int) -> None:
    status, content_type, text = get(port, Accept="application/openmetrics-text; version=1.0.0")
    assert (status, content_type.partition(";")[0], text.endswith("# EOF\n")) == (
        200,
        "application/openmetrics-text",
        True,
    )


def test_nothing_else_is_there(port: int) -> None:
    assert [get(port, path)[0] for path in ("/", "/metrics/../../etc/passwd", "/api/v1/me/")] == [404, 404, 404]


def test_who_connects_and_says_nothing_keeps_nobody_waiting_for_ever(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    monkeypatch.setattr("workix.foundation.exposition._Handler.timeout", 0.1)
    with socket.create_connection(("127.0.0.1", port)):
        assert get(port)[0] == 200


def test_a_taken_port_is_said_once_and_taken_when_it_is_free(caplog: pytest.LogCaptureFixture) -> None:
    import socket

    caplog.set_level("WARNING", "workix.metrics")
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        ready = threading.Event()
        with alone(f"127.0.0.1:{taken}") as exposition:
            wait_for(lambda: caplog.records or None)
            ready.wait(0.2)
            assert exposition.port is None
            other.close()
            assert wait_for(lambda: exposition.port) == taken
    assert [record.message for record in caplog.records] == ["metrics.port_unusable"]


def test_a_scrape_that_fails_is_logged_and_the_next_one_works(
    port: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("ERROR", "workix.metrics")
    with monkeypatch.context() as broken:
        broken.setattr(Exposition, "everything", lambda self: 1 / 0)
        with pytest.raises(http.client.RemoteDisconnected):
            get(port)
    assert get(port)[0] == 200
    assert [record.message for record in caplog.records] == ["metrics.scrape_failed"]
