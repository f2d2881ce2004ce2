"""Pid files: which processes of ours run, and never a stranger that was given the same number."""

# Note [A number is not a process]
# A pid outlives its process and is given to another. So the file keeps the command line beside the number, and a
# process is ours only while it still runs under that very command line.

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from devserver.command_lines import command_line_of

_PAUSE_SECONDS = 0.05


def remember(file: Path, pid: int, command: Sequence[str]) -> None:
    """Write down that `pid` runs `command`."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_text(f"{pid}\n{' '.join(command)}\n", encoding="utf-8")


def remember_myself(file: Path) -> None:
    remember(file, os.getpid(), [command_line_of(os.getpid())])


def find(file: Path) -> int | None:
    """Return the process a file names, if it still is the one that was meant. See Note [A number is not a process]."""
    try:
        number, command, *_ = file.read_text(encoding="utf-8").split("\n")
        pid = int(number)
    except (FileNotFoundError, ValueError):
        return None
    return pid if command and command_line_of(pid) == command else None


def forget(file: Path) -> None:
    file.unlink(missing_ok=True)


def stop(file: Path, *, timeout: float) -> bool:
    """Ask the process of a file to end, and make it after `timeout` seconds; False when there is none."""
    pid = find(file)
    if pid is not None:
        _signal(pid, signal.SIGTERM)
        deadline = time.monotonic() + timeout
        while find(file) == pid:
            if time.monotonic() > deadline:
                _signal(pid, signal.SIGKILL)
            time.sleep(_PAUSE_SECONDS)
    forget(file)
    return pid is not None


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)
