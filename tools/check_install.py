"""Installs the lock files into empty virtualenvs, with the oldest pip supported and with the newest: make install-check."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

#: Python 3.11.0 brings the first of these, whose hash mode is stricter than since 23.3; the second is the newest.
PIPS = ("22.3", "26.3")
LISTS = tuple(f"requirements-{each}.txt" for each in ("run", "telemetry", "mcp", "grpc", "dev"))


def install(lock: str, *, pip: str) -> tuple[float, int]:
    """Install `lock` into an empty virtualenv as tools/install.py does; return the seconds it took, and the MiB.

    :raises CalledProcessError: when pip refuses.
    """
    with tempfile.TemporaryDirectory(prefix="workix-install-") as folder:
        venv = Path(folder) / "venv"
        _run(sys.executable, "-m", "venv", venv)
        python = venv / "bin" / "python"
        _run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"pip=={pip}")
        started = time.monotonic()
        _run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", lock)
        seconds = time.monotonic() - started
        _run(python, "-m", "pip", "check", "--disable-pip-version-check")
        return seconds, sum(file.stat().st_size for file in venv.rglob("*") if file.is_file()) >> 20


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    if shutil.disk_usage(tempfile.gettempdir()).free < 3 << 30:
        sys.exit("Needs 3 GiB of free disk for the virtualenvs.")
    for lock in LISTS:
        for pip in PIPS:
            seconds, size = install(lock, pip=pip)
            print(f"{lock} with pip {pip}: {seconds:.0f} s, {size} MiB", flush=True)
