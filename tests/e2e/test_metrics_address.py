"""Metrics are for operators: they are at an address of their own, and no header leads there from another."""

from __future__ import annotations

import http.client
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.database import another_database
from tests.environment import WORKER
from tests.servers import PATIENCE_SECONDS, Platform, end, free_port, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.requirement("S29")]

METRICS_PORT = free_port()
LIVE = "health/live"


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def platform(var: Path) -> Iterator[Platform]:
    """Run web processes that are replaced after a few requests, also behind a Unix socket."""
    with another_database(f"workix_metrics_{WORKER}") as settings:
        platform = Platform.at(
            settings, var, WORKIX_ENV="development", WORKIX_LOG_LEVEL="ERROR", WORKIX_WEB_WORKERS="3"
        )
        addresses = (f"127.0.0.1:{platform.port}", f"127.0.0.1:{METRICS_PORT}", f"unix:{var / 'web.socket'}")
        binds = [option for address in addresses for option in ("--bind", address)]
        platform = Platform(platform.port, {**platform.settings, "WORKIX_METRICS_BIND": addresses[1]})
        process = platform.start_web(*binds, "--max-requests", "5", "--max-requests-jitter", "0")
        (var / "web.pid").write_text(str(process.pid))
        try:
            platform.await_ready()
            yield platform
        finally:
            end(process)


def send(to: int | Path, request: str) -> bytes:
    """Send a request as it is written, and return all of the answer."""
    family, address = (socket.AF_INET, ("127.0.0.1", to)) if isinstance(to, int) else (socket.AF_UNIX, str(to))
    with socket.socket(family) as connection:
        connection.settimeout(PATIENCE_SECONDS)
        connection.connect(address)
        connection.sendall(request.replace("\n", "\r\n").encode())
        return b"".join(iter(lambda: connection.recv(65_536), b""))


FORGED = [
    f"GET /metrics HTTP/1.1\nHost: 127.0.0.1:{METRICS_PORT}\n",
    f"GET /metrics HTTP/1.1\nHost: localhost\nX-Forwarded-Port: {METRICS_PORT}\nX-Forwarded-Host: a:{METRICS_PORT}\n",
    f"GET /metrics HTTP/1.1\nHost: localhost\nServer-Port: {METRICS_PORT}\nForwarded: host=a:{METRICS_PORT}\n",
    f"GET http://127.0.0.1:{METRICS_PORT}/metrics HTTP/1.1\nHost: 127.0.0.1:{METRICS_PORT}\n",
    "GET /metrics HTTP/1.0\n",
]


@pytest.mark.parametrize("request_", FORGED, ids=range(len(FORGED)))
@pytest.mark.parametrize("over", ["tcp", "unix"])
def test_no_header_leads_to_the_metrics_from_where_everybody_comes_in(
    platform: Platform, var: Path, over: str, request_: str
) -> None:
    to = platform.port if over == "tcp" else var / "web.socket"
    answer = send(to, request_ + "Connection: close\n\n")
    assert (answer.split()[1], b"application/problem+json" in answer, b"workix_" in answer) == (b"404", True, False)


@pytest.mark.parametrize("request_", FORGED, ids=range(len(FORGED)))
def test_at_their_own_address_they_are_there_whatever_the_headers_say(platform: Platform, request_: str) -> None:
    answer = send(METRICS_PORT, request_ + "Connection: close\n\n")
    assert (answer.split()[1], b"\nworkix_build_info{" in answer, b"Set-Cookie" in answer) == (b"200", True, False)


@pytest.mark.parametrize("path", ["/", "/health/live", "/api/v1/me/", "/admin/", "/static/admin.css"])
def test_at_that_address_there_is_nothing_else(platform: Platform, path: str) -> None:
    answer = send(METRICS_PORT, f"GET {path} HTTP/1.1\nHost: localhost:{platform.port}\nConnection: close\n\n")
    assert (answer.split()[1], b"application/problem+json" in answer) == (b"404", True)


def scrape(port: int = METRICS_PORT) -> dict[str, float]:
    """Return the sums of all series, by their names."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", "/metrics")
        page = connection.getresponse().read().decode()
    finally:
        connection.close()
    found: dict[str, float] = {}
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            if sample.labels.get("view", LIVE) == LIVE:
                found[sample.name] = found.get(sample.name, 0) + sample.value
    return found


def slots_in(var: Path) -> set[str]:
    """Name the slots that any file belongs to. At any moment one may have no gauges: each process makes its own."""
    return {file.stem.rpartition("_")[2] for file in (var / "metrics").iterdir() if file.name != "slots.lock"}


def test_a_request_is_counted_once_though_the_processes_are_replaced_again_and_again(
    platform: Platform, var: Path
) -> None:
    name = "django_http_responses_total_by_status_view_method_total"
    for _ in range(30):  # until each slot has its files
        platform.call("GET", f"/{LIVE}")
    before = wait_for(lambda: found if (found := scrape()).get("workix_processes") == 3 else None)
    slots = slots_in(var)
    for _ in range(150):  # thirty processes
        platform.call("GET", f"/{LIVE}")
    after = wait_for(lambda: found if (found := scrape()).get("workix_processes") == 3 else None)
    assert after[name] - before[name] == 150
    assert [each for each in before if each.endswith(("_total", "_count")) and after[each] < before[each]] == []
    assert slots_in(var) == slots


def test_a_reload_loses_nothing(platform: Platform, var: Path) -> None:
    name = "django_http_responses_total_by_status_view_method_total"
    platform.call("GET", f"/{LIVE}")
    before = wait_for(lambda: found if (found := scrape()).get("workix_processes") == 3 else None)
    started = before["workix_process_cpu_seconds_total"]
    os.kill(int((var / "web.pid").read_text()), signal.SIGHUP)
    for _ in range(20):
        wait_for(lambda: platform.call("GET", f"/{LIVE}").status == 200 or None)
    after = wait_for(lambda: found if (found := scrape()).get("workix_processes") == 3 else None)
    assert after[name] - before[name] >= 20
    assert after["workix_process_cpu_seconds_total"] > started
    # While old and new processes live side by side, there may be twice as many slots, but no more.
    assert len(list((var / "metrics").glob("counter_*.db"))) <= 7


def test_a_job_worker_of_its_own_has_an_address_of_its_own(platform: Platform, tmp_path: Path) -> None:
    port = free_port()
    alone = Platform(
        port,
        {
            **platform.settings,
            "WORKIX_VAR": str(tmp_path),
            "WORKIX_MASTER_SECRET": _secret_of(platform),
            "WORKIX_WORKER_METRICS_BIND": f"127.0.0.1:{port}",
        },
    )
    with alone.working():
        wanted = {"workix_processes": 1.0, "workix_database_up": 1.0}
        wait_for(lambda: wanted.items() <= scrape(port).items() or None)


def _secret_of(platform: Platform) -> str:
    file = Path(platform.settings["WORKIX_VAR"]) / "secrets" / "workix_master_secret"
    return file.read_text() if file.exists() else platform.settings["WORKIX_MASTER_SECRET"]


def test_a_command_counts_for_itself_and_writes_no_file(platform: Platform, tmp_path: Path) -> None:
    Platform(0, {**platform.settings, "WORKIX_VAR": str(tmp_path)}).manage("check")
    assert not (tmp_path / "metrics").exists()
