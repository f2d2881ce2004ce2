"""manage.py run and stop, as a person uses them."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import stat
from contextlib import closing

import pytest

from tests.running.platform_process import Platform

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
    process.communicate(timeout=30)
    assert (process.returncode, list((platform.var / "run").iterdir())) == (0, [])


def test_where_the_worker_ends_the_server_does_too_and_it_is_said(platform: Platform) -> None:
    process = platform.run()
    os.kill(platform.pid_of("worker"), signal.SIGKILL)
    rest, _ = process.communicate(timeout=30)
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
    process.communicate(timeout=30)
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
