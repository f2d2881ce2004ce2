"""manage.py run and stop, as a person uses them."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import stat
from contextlib import closing
from typing import IO

import pytest

from tests.running.platform_process import Platform
from tests.servers import PATIENCE_SECONDS, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.requirement("S17")]


def test_it_says_where_everything_is_and_stops_on_ctrl_c(platform: Platform) -> None:
    process = platform.run()
    said, password = "".join(platform.said), (platform.var / "operator.txt").read_text()
    for part in (f"http://localhost:{platform.port} ", "operator@localhost", password, "/mail", '"slug": "acme"'):
        assert part in said
    assert stat.S_IMODE((platform.var / "operator.txt").stat().st_mode) == 0o600
    with closing(http.client.HTTPConnection("127.0.0.1", platform.port)) as ready:
        ready.request("GET", "/health/ready")
        assert ready.getresponse().status == 200
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, list((platform.var / "run").iterdir())) == (0, [])


def test_where_the_worker_ends_the_server_does_too_and_it_is_said(platform: Platform) -> None:
    process = platform.run()
    os.kill(platform.pid_of("worker"), signal.SIGKILL)
    rest, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, rest.splitlines()[-1]) == (
        1,
        "CommandError: The worker ended (status -9), so everything was stopped.",
    )
    assert list((platform.var / "run").iterdir()) == []


def test_a_second_start_is_told_of_the_first_and_stop_ends_it(platform: Platform) -> None:
    process = platform.run()
    second = platform.manage("run")
    assert (second.returncode, re.sub(r"\d+", "N", second.stderr)) == (
        1,
        "CommandError: Workix runs already (run, process N). Stop it first: make stop\n",
    )
    assert platform.manage("stop").stdout == "Stopped: run.\n"
    process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    assert platform.manage("stop").stdout == "Nothing was running.\n"


def test_a_taken_port_is_said_with_what_to_do(platform: Platform) -> None:
    with socket.create_server(("127.0.0.1", platform.port)):
        refused = platform.manage("run")
    assert (refused.returncode, refused.stderr) == (
        1,
        f"CommandError: 127.0.0.1:{platform.port} can't be used: Address already in use. Stop the program that has it, "
        "or choose another port: WORKIX_BIND=127.0.0.1:8001 WORKIX_PUBLIC_URL=http://localhost:8001 make run\n",
    )


@pytest.mark.fault("F13")
def test_the_link_of_a_mail_is_shown_as_it_comes_and_is_in_no_log(platform: Platform) -> None:
    platform.more["WORKIX_LOG_LEVEL"] = "INFO"
    process = platform.run()
    admin = {"email": "sally@soap.example", "password": "correct horse battery staple"}
    with closing(http.client.HTTPConnection("127.0.0.1", platform.port)) as client:
        body = json.dumps({"name": "Soap", "slug": "soap", "admin": admin})
        client.request("POST", "/api/v1/organizations/", body, {"Content-Type": "application/json"})
        assert client.getresponse().status == 201
    assert process.stdout
    mail, link = _next_mail(process.stdout)
    assert re.fullmatch(r"Mail to sally@soap\.example: .+\n", mail)
    token = re.fullmatch(rf"    http://localhost:{platform.port}/confirm-email/#([\w-]{{40,}})\n", link)
    assert token
    process.send_signal(signal.SIGTERM)
    rest, _ = process.communicate(timeout=PATIENCE_SECONDS)
    logs = {file.name: file.read_text() for file in (platform.var / "log").iterdir()}
    assert '"route":"api/v1/organizations/"' in logs["web.log"]
    assert [name for name, text in logs.items() if token[1] in text] == []
    assert (process.returncode, rest) == (0, "Stopping …\n")


def test_a_taken_metrics_port_is_replaced_and_it_is_said(platform: Platform) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        wanted = f"127.0.0.1:{taken.getsockname()[1]}"
        platform.more["WORKIX_METRICS_BIND"] = wanted
        process = platform.run()
        metrics = re.search(r"Metrics +http://(\S+)/metrics +\((\S+) can't be used\)\n", "".join(platform.said))
        assert metrics
        assert metrics[2] == wanted
        assert wait_for(lambda: _scrape(metrics[1])) == 200
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE_SECONDS)


def _next_mail(lines: IO[str]) -> tuple[str, str]:
    first = next(line for line in lines if line.startswith("Mail to "))
    return first, next(lines)


def _scrape(address: str) -> int:
    with closing(http.client.HTTPConnection(address, timeout=PATIENCE_SECONDS)) as client:
        client.request("GET", "/metrics")
        return client.getresponse().status
