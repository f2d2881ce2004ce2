"""The container image holds the product, and nothing of the development server."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import PROJECT, SHIPPED


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("check", (0, "System check identified no issues (5 silenced).\n", "")),
        ("run", (1, "", "Unknown command: 'run'\nType 'manage.py help' for usage.\n")),
    ],
)
def test_the_product_runs_without_the_development_server(
    tmp_path: Path, command: str, answer: tuple[int, str, str]
) -> None:
    """As in the image, started by tools/as_production.py, no devserver can be found."""
    for package in (*SHIPPED, "tools", "templates", "static"):
        (tmp_path / package).symlink_to(PROJECT / package)
    shutil.copy(PROJECT / "manage.py", tmp_path)  # a link would lead Python back to where devserver is
    line = [sys.executable, "-m", "tools.as_production", "manage.py", command]
    said = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout, said.stderr) == answer
