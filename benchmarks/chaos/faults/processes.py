"""Faults of our own processes: kill -9 of those that serve, and of the job worker."""

from __future__ import annotations

import random
import time

from benchmarks.chaos.faults.fault import Fault
from benchmarks.chaos.installation import Installation
from benchmarks.chaos.load import Load

KILLS = 8


def web(installation: Installation, load: Load) -> list[str]:
    """Kill what serves at one server and then at the other; gunicorn starts another."""
    chance = random.Random(KILLS)
    for number in range(KILLS):
        time.sleep(chance.uniform(0.3, 0.9))
        for process in installation.web_processes(number % 2):
            process.kill()
    load.await_progress()
    return []


def worker(installation: Installation, load: Load) -> list[str]:
    """Kill the job worker, each time as soon as another mail has been taken."""
    for _ in range(3):
        taken, deadline = sum(installation.mails_to.values()), time.monotonic() + 30
        while sum(installation.mails_to.values()) == taken and time.monotonic() < deadline:
            time.sleep(0.01)
        assert installation.worker is not None
        killed, before = installation.worker, installation.restarts
        killed.kill()
        while installation.restarts == before:
            time.sleep(0.05)
    load.await_progress()
    return []


FAULTS = (
    Fault("web", f"kill -9 of a process that serves, {KILLS} times", web, drops=True),
    Fault("worker", "kill -9 of the job worker, 3 times", worker, repeats=True),
)
