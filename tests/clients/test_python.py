"""The Python client (clients/python, httpx) against a running platform: its example, as it stands there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import PROJECT
from tests.servers import PATIENCE_SECONDS

pytestmark = pytest.mark.drill


def test_the_example_runs(sandbox_file: Path) -> None:
    command = (sys.executable, "-W", "error", str(PROJECT / "clients" / "python" / "example.py"))
    environment = {**os.environ, "WORKIX_SANDBOX": str(sandbox_file)}
    ended = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    assert (ended.returncode, ended.stderr, ended.stdout) == (0, "", "python: done\n")
