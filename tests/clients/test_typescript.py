"""The TypeScript client (clients/typescript) in Node, compiled by `make clients`: its tests, and its examples at a platform."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.servers import PATIENCE_SECONDS
from tools.openapi_clients.typescript import FOLDER

COMPILED = FOLDER.resolve() / "dist"
NODE = shutil.which("node")

pytestmark = [
    pytest.mark.drill,
    pytest.mark.requirement("S21"),
    pytest.mark.skipif(NODE is None or not COMPILED.is_dir(), reason="needs node, and what `make clients` compiles"),
]


@pytest.mark.parametrize("example", ["token-mode", "cookie-mode", "idempotency", "agent"])
def test_the_example_runs(example: str, sandbox_file: Path) -> None:
    command = (str(NODE), str(COMPILED / "examples" / f"{example}.js"))
    environment = {**os.environ, "WORKIX_SANDBOX": str(sandbox_file)}
    ended = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == f"{example.replace('-', ' ')}: done\n"


def test_its_own_tests_pass() -> None:
    """Of what no platform does on demand: lost answers, a busy server, two at the same moment."""
    ended = subprocess.run(
        (str(NODE), "--test", "--test-reporter=dot", str(COMPILED / "tests")),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
