"""Faults of what we use besides the database: the mail server and Redis are away."""

from __future__ import annotations

import os
import signal
import time

from benchmarks.chaos.faults.fault import Fault
from benchmarks.chaos.installation import Installation
from benchmarks.chaos.load import Load

AWAY_SECONDS = 12


def mail(installation: Installation, load: Load) -> list[str]:
    installation.stop_mail()
    time.sleep(AWAY_SECONDS)
    installation.start_mail()
    load.await_progress()
    return []


def redis(installation: Installation, load: Load) -> list[str]:
    """End Redis, so that its port refuses; start an empty one, and stop it where it is, so that nobody answers."""
    assert installation.redis is not None
    installation.redis.kill()
    installation.redis.wait()
    load.await_progress(10)
    installation.start_redis()
    load.await_progress()
    os.kill(installation.redis.pid, signal.SIGSTOP)
    load.await_progress(10)
    os.kill(installation.redis.pid, signal.SIGCONT)
    load.await_progress()
    return []


FAULTS = (
    Fault("mail", f"The mail server is away for {AWAY_SECONDS} s", mail),
    Fault("redis", "Redis is killed, started empty, and does not move (SIGSTOP)", redis, needs="redis"),
)
