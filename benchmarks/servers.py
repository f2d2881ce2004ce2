"""A gunicorn under measurement: one worker, four threads, a free loopback port, and the CPU time it spent."""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.clients import Client
from benchmarks.processes import BenchmarkError, start, stop

THREADS = 4
_PATIENCE_SECONDS = 30


@dataclass(frozen=True)
class Launch:
    """How to start a server: its command line and environment, both already naming `port`."""

    command: Sequence[str]
    settings: Mapping[str, str]
    port: int
    host: str
    log: Path


class Server:
    """Runs while its `with` block does."""

    def __init__(self, launch: Launch) -> None:
        self.launch = launch

    def __enter__(self) -> Server:
        self._process = start(self.launch.command, self.launch.settings, self.launch.log)
        try:
            self._wait_until_it_answers()
        except BaseException:
            stop(self._process)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        stop(self._process)

    def client(self, token: str | None = None) -> Client:
        return Client(self.launch.port, self.launch.host, token)

    def cpu_seconds(self) -> float:
        """Add up user and system time of the server and all its children, those that ended included."""
        top = psutil.Process(self._process.pid)
        family = (top, *top.children(recursive=True))
        # user, system, and both again of children that have ended
        return sum(float(spent) for process in family for spent in process.cpu_times()[:4])

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self._process.poll() is None and time.monotonic() < deadline:
            try:
                with self.client() as client:
                    client.send("GET", "/")
                return
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
        raise BenchmarkError(f"{self.launch.command[0]} does not answer:\n{self.launch.log.read_text()[-2000:]}")
