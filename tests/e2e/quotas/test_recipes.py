"""The recipes of docs/quotas.md (curl, Python, TypeScript), run through a gateway that loses answers; 200 who consume at once."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.acts import at_once
from tests.cast import PASSWORD
from tests.customers import Customer
from tests.e2e.conftest import at_work
from tests.environment import PROJECT, WORKER
from tests.servers import PATIENCE_SECONDS, Platform

NODE = shutil.which("node")
LIMIT = 50
_RECIPE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: What node 20 does not read of TypeScript.
_TYPES = re.compile(
    r"^type .*\n|: (?:string|object|number|any|Promise<\w+>|\(\) => Promise<\w+>)(?=[,;) ])| as object", re.MULTILINE
)
WORK = {
    "python": "\nprint(json.dumps([run('py-1', lambda: 2, 5), run('py-2', lambda: 0, 5)]))",
    "typescript": "\nconsole.log(JSON.stringify([await run('ts-1', async () => 2, 5), await run('ts-2', async () => 0, 5)]));",
}


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    with at_work(f"workix_recipes_{WORKER}", tmp_path_factory.mktemp("var"), WORKIX_WEB_WORKERS="3") as platform:
        yield platform


@pytest.fixture(scope="module")
def key(platform: Platform, customer: Customer) -> str:
    """Issue a key, with a limit that is reached soon."""
    platform.manage("set_plan", customer.slug, "free", "--executions", str(LIMIT), "--reason", "A test")
    assert customer.call("POST", "me/reauthentication/", {"password": PASSWORD}).status in {200, 204}
    issued = customer.call("POST", "api-keys/", {"name": "Runner", "scopes": ["quotas:consume", "quotas:read"]})
    assert issued.status == 201
    found: str = issued.body["key"]
    return found


@pytest.fixture
def gateway(platform: Platform) -> Iterator[str]:
    """Send every call on, and lose its answer the first time: it is done, and its caller sees 503."""
    seen: set[str] = set()

    class Gateway(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            sent = {name: self.headers[name] for name in ("Authorization", "Idempotency-Key")}
            answer = platform.call("POST", self.path, json.loads(body), **sent)
            name = self.headers["Idempotency-Key"]
            status, said = (answer.status, json.dumps(answer.body).encode()) if name in seen else (503, b"lost")
            seen.add(name)
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Gateway) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/api/v1"
        server.shutdown()


def recipe(language: str) -> str:
    page = (PROJECT / "docs" / "quotas.md").read_text(encoding="utf-8")
    return dict(_RECIPE.findall(page))[language]


def run(language: str, **environment: str) -> str:
    text = recipe(language) + WORK.get(language, "")
    if language == "typescript":
        text = _TYPES.sub("", text)
    command = {
        "bash": ["bash", "-euo", "pipefail"],
        "python": [sys.executable, "-"],
        "typescript": [NODE or "node", "--input-type=module", "-"],
    }[language]
    return subprocess.run(
        command,
        input=text,
        env=os.environ | environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    ).stdout


@pytest.mark.slow
@pytest.mark.requirement("N4")
def test_each_recipe_takes_once_what_it_took_although_every_answer_is_lost(
    customer: Customer, key: str, gateway: str
) -> None:
    for language, used in (("bash", 3), ("python", 5), *([("typescript", 7)] if NODE else [])):
        first, again = (run(language, WORKIX_API=gateway, WORKIX_KEY=key) for _ in range(2))
        assert first == again, "whoever begins again is answered the same"
        balance = customer.call("GET", "quotas/executions/").body
        assert (language, balance["used"], balance["reserved"]) == (language, used, 0)


@pytest.mark.slow
@pytest.mark.requirement("S131")
def test_of_200_who_consume_at_once_over_several_processes_exactly_as_many_succeed_as_are_left(
    platform: Platform, customer: Customer, key: str
) -> None:
    left = customer.call("GET", "quotas/executions/").body["remaining"]
    path = "/api/v1/quotas/executions/consumptions/"

    def take(_: int) -> tuple[int, int]:
        answer = platform.call("POST", path, {"amount": 1}, access=key)
        return answer.status, answer.body["used"]

    answers = at_once(take, 200)
    taken = sorted(used for status, used in answers if status == 201)
    assert taken == list(range(LIMIT - left + 1, LIMIT + 1)), "each unit was told to one"
    assert {answer for answer in answers if answer[0] != 201} == {(403, LIMIT)}
    assert customer.call("GET", "quotas/executions/").body["used"] == LIMIT
