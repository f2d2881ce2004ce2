"""Remembers processes of ours between two commands, and never mistakes a stranger for one of them."""

# Note [A number is not a process]
# A pid outlives its process and is given to another. So the file keeps the command line beside the number, and a
# process is ours only while it still runs under that very command line.

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_PAUSE_SECONDS = 0.05


def remember(file: Path, pid: int, command: Sequence[str]) -> None:
    """Write down that `pid` runs `command`."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_text(f"{pid}\n{' '.join(command)}\n", encoding="utf-8")


def remember_myself(file: Path) -> None:
    remember(file, os.getpid(), [_command_line(os.getpid())])


def find(file: Path) -> int | None:
    """Return the process a file names, if it still is the one that was meant. See Note [A number is not a process]."""
    try:
        number, command, *_ = file.read_text(encoding="utf-8").split("\n")
        pid = int(number)
    except (FileNotFoundError, ValueError):
        return None
    return pid if command and _command_line(pid) == command else None


def forget(file: Path) -> None:
    file.unlink(missing_ok=True)


def stop(file: Path, *, patience: float) -> bool:
    """Ask the process of a file to end, and make it after `patience` seconds; False when there is none."""
    pid = find(file)
    if pid is not None:
        _signal(pid, signal.SIGTERM)
        deadline = time.monotonic() + patience
        while find(file) == pid:
            if time.monotonic() > deadline:
                _signal(pid, signal.SIGKILL)
            time.sleep(_PAUSE_SECONDS)
    forget(file)
    return pid is not None


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _command_line(pid: int) -> str:
    """Read a process's command; nothing when it is gone, or dead and only waiting for its parent to notice."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").rstrip()
        except OSError:
            return ""
    command = ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.rstrip()
