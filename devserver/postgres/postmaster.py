"""The postmaster, PostgreSQL's first process: found by postmaster.pid, proven to be ours, and stopped."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from devserver.command_lines import command_line_of
from devserver.postgres.binaries import PostgresUnavailable

TIMEOUT_SECONDS = 60.0


def pid_file_of(data: Path) -> Path:
    return data / "postmaster.pid"


def find_postmaster(data: Path) -> int | None:
    """Find the process that serves `data`. A pid file alone proves nothing: the number may be another's by now."""
    try:
        pid = int(pid_file_of(data).read_text().partition("\n")[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if f"/postgres -D {data} " in f"{command_line_of(pid)} " else None


def stop_postmaster(data: Path) -> bool:
    """Shut down the server of `data`, ending its sessions; False when none runs.

    :raises PostgresUnavailable: when it has not stopped after a minute.
    """
    pid = find_postmaster(data)
    if pid is None:
        return False
    os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while find_postmaster(data) == pid:
        if time.monotonic() > deadline:
            raise PostgresUnavailable(f"The server of {data} (process {pid}) does not stop: look into its log.")
        time.sleep(0.02)
    return True


def end_orphans(data: Path) -> None:
    """End the sessions of a killed server: a busy one would not notice its death, and bar the next server's way."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (process / "cwd").readlink() == data and command_line_of(int(process.name)).startswith("postgres: "):
                os.kill(int(process.name), signal.SIGTERM)
