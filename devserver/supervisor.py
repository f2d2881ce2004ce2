"""Runs several programs as one: where one ends, all do, and none is started again in silence."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from devserver import pid_files

#: The web server finishes the requests it has, for 20 seconds; then patience ends.
PATIENCE_SECONDS = 25.0
_LOOK_EVERY_SECONDS = 0.2
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class AlreadyRunning(RuntimeError):
    """One of the programs runs already."""


@dataclass(frozen=True, slots=True)
class Program:
    """`name` is what people and the pid file call it."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """A program that ended though nobody told it to, with its exit status."""

    name: str
    status: int


class Company:
    """Programs that live and die together. `folder` keeps a pid file for each, and one for their keeper."""

    def __init__(self, folder: Path, programs: Sequence[Program], *, cwd: Path) -> None:
        self._folder = folder
        self._programs = programs
        self._cwd = cwd
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._told_to_stop = threading.Event()

    def start(self) -> None:
        """Start all of them; Ctrl-C and TERM are ours to pass on from here.

        :raises AlreadyRunning: when a program of an earlier start is still there.
        """
        refuse_if_running(self._folder)
        for number in _SIGNALS:
            signal.signal(number, self._stop_soon)
        pid_files.remember_myself(self._folder / "run.pid")
        for program in self._programs:
            # In a session of its own, a child hears of Ctrl-C from us alone, and may end what it began.
            child = subprocess.Popen(program.command, cwd=self._cwd, stdin=subprocess.DEVNULL, start_new_session=True)
            pid_files.remember(self._folder / f"{program.name}.pid", child.pid, program.command)
            self._children[program.name] = child

    def find_ended(self) -> Ended | None:
        """Look for a program that has ended."""
        for name, child in self._children.items():
            status = child.poll()
            if status is not None:
                return Ended(name, status)
        return None

    def watch(self) -> Ended | None:
        """Wait until a program ends, and return it; None when we were told to stop."""
        while not self._told_to_stop.wait(_LOOK_EVERY_SECONDS):
            ended = self.find_ended()
            if ended:
                return ended
        return None

    @property
    def told_to_stop(self) -> bool:
        return self._told_to_stop.is_set()

    def stop(self) -> None:
        """Ask every program to end, and wait until it has."""
        for child in self._children.values():
            child.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for name, child in self._children.items():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            pid_files.forget(self._folder / f"{name}.pid")
        pid_files.forget(self._folder / "run.pid")

    def _stop_soon(self, _number: int, _frame: FrameType | None) -> None:
        self._told_to_stop.set()


def refuse_if_running(folder: Path) -> None:
    """Look for programs of an earlier start.

    :raises AlreadyRunning: naming one.
    """
    for file in sorted(folder.glob("*.pid")):
        pid = pid_files.find(file)
        if pid is not None:
            raise AlreadyRunning(f"Workix runs already ({file.stem}, process {pid}).")


def stop_all(folder: Path) -> list[str]:
    """Stop what an earlier start left running, its keeper first; return the names of what ran."""
    files = sorted(folder.glob("*.pid"), key=lambda file: file.stem != "run")
    # The keeper waits for its programs, so it may take longer than they do.
    return [file.stem for file in files if pid_files.stop(file, patience=PATIENCE_SECONDS + 5)]
