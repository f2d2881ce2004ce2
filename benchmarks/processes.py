"""Subprocesses of a benchmark: a clean environment, a free port, and errors that show what was printed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]

_INHERITED = ("PATH", "HOME", "LANG", "TMPDIR")


class BenchmarkError(Exception):
    """What a benchmark needs is not there; the text says what to do."""


def environment_of(settings: Mapping[str, str]) -> dict[str, str]:
    """Name what a subprocess may see: `settings`, and of this process only what any program needs."""
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {**inherited, "PYTHONPATH": str(PROJECT), **settings}


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def run(command: Sequence[str], settings: Mapping[str, str]) -> str:
    """Run `command` to its end in the project's folder; return what it printed.

    :raises BenchmarkError: with the end of what it printed, when it fails.
    """
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env=environment_of(settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BenchmarkError(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}")
    return done.stdout


def start(command: Sequence[str], settings: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start `command` in the project's folder; what it prints goes to `log`."""
    with log.open("ab") as output:
        return subprocess.Popen(command, cwd=PROJECT, env=environment_of(settings), stdout=output, stderr=output)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End `process`: politely, then after 10 seconds by force."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
