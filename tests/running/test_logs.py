"""Where log lines go: of what serves, to standard output; of a command, beside its answer."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from contextlib import closing
from typing import Any

import pytest

from tests.environment import PROJECT
from tests.running.platform_process import Platform
from tests.servers import PATIENCE_SECONDS, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.requirement("S28")]

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def ask(platform: Platform, path: str) -> int:
    headers = {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01", "Host": f"localhost:{platform.port}"}
    with closing(http.client.HTTPConnection("127.0.0.1", platform.port, timeout=PATIENCE_SECONDS)) as client:
        client.request("GET", path, headers=headers)
        return client.getresponse().status


def test_a_web_server_logs_each_request_and_no_probe_to_standard_output(platform: Platform) -> None:
    line = [sys.executable, "-m", "gunicorn", "-c", "workix/gunicorn.py", "workix.wsgi"]
    environment = platform.environment | {"WORKIX_LOG_LEVEL": "INFO"}
    server = subprocess.Popen(
        line, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert wait_for(lambda: ask(platform, "/health/live")) == 200
    assert (ask(platform, "/api/v1/users/019a/?token=x"), ask(platform, "/api/v1/quotas/")) == (404, 401)
    server.terminate()
    said, faults = server.communicate(timeout=PATIENCE_SECONDS)
    lines: list[dict[str, Any]] = [json.loads(each) for each in said.splitlines()]
    assert [(each["event"], each["status"], each["route"], each["trace_id"]) for each in lines] == [
        ("request", 404, "<unnamed view>", TRACE),
        ("request", 401, "api/v1/quotas/", TRACE),
    ]
    assert (faults, all(each["bytes"] > 100 for each in lines)) == ("", True)


def test_a_command_answers_alone_on_standard_output_and_logs_beside_it(platform: Platform) -> None:
    warned = "import logging, sys; from django.core.management import call_command as c; import django; django.setup();"
    said = platform.python("-c", f"{warned} logging.getLogger('workix').critical('beside'); c('list_jobs', json=True)")
    assert (said.returncode, json.loads(said.stdout)) == (0, []), said.stderr
    assert [json.loads(each)["event"] for each in said.stderr.splitlines()] == ["beside"]
