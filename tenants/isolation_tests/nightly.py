"""The nightly proof of isolation: a periodic job (cron) that runs `manage.py prove_isolation` in a process of its own."""

# Note [Beside customers]
# A proof of its own process holds the worker's memory and connections no longer than it lasts, can be ended whatever it waits
# for, and counts into no metric of the worker's. It leaves out what hurts others' service. What it leaves when it is
# killed, the next one removes; see Note [Throw-away organizations].

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from procrastinate import JobContext
from procrastinate.contrib.django import app

from tenants.isolation_tests.attack import CRITICAL

MOST_SECONDS = 3_600
#: What it is given to remove both organizations when it is ended.
CLEARING_SECONDS = 60
#: Exit statuses of the command; while another proof runs, nothing was tried, so nothing was found.
HELD, BROKEN, ANOTHER_RUNS = 0, 1, 3
#: It counts for itself alone, so that a role which an attack spoilt is no page, and is told to end when the worker is no more.
_ALONE = [
    *(("setpriv", "--pdeathsig", "TERM") if shutil.which("setpriv") else ()),
    *("env", "-u", "PROMETHEUS_MULTIPROC_DIR"),
]

logger = logging.getLogger("workix.isolation")


class NoVerdict(RuntimeError):
    """The proof ended without one. What it said is in the worker's log."""

    def __init__(self, status: int) -> None:
        super().__init__(f"The proof of isolation ended with status {status}.")


@app.periodic(cron="25 1 * * *")
@app.task(name="tenants.prove_isolation", queue="platform", lock="tenants.prove_isolation", pass_context=True)
def prove_isolation(context: JobContext, timestamp: int) -> None:
    """Prove isolation on the living platform, every night at twenty-five past one (UTC). See Note [Beside customers]."""
    status, said = run_proof(stopped=context.should_abort)
    if status == ANOTHER_RUNS:
        logger.info("isolation.proof_runs_already")
    elif status in (HELD, BROKEN) and said:
        _tell(json.loads(said))
    else:
        raise NoVerdict(status)


def run_proof(
    *, stopped: Callable[[], bool], command: tuple[str, ...] = ("prove_isolation", "--json")
) -> tuple[int, str]:
    """Run it, and return its exit status and what it printed. It is ended when `stopped`, or after an hour."""
    line = [*_ALONE, sys.executable, str(settings.BASE_DIR / "manage.py"), *command]
    over = time.monotonic() + MOST_SECONDS
    with subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as proof:
        while True:
            try:
                said, _ = proof.communicate(timeout=1)
            except subprocess.TimeoutExpired:
                if stopped() or time.monotonic() > over:
                    return _end(proof), ""
            else:
                return proof.returncode, said


def _end(proof: subprocess.Popen[str]) -> int:
    proof.terminate()
    try:
        proof.communicate(timeout=CLEARING_SECONDS)
    except subprocess.TimeoutExpired:
        proof.kill()
    return proof.wait()


def _tell(report: dict[str, Any]) -> None:
    """Log the verdict, with what succeeded by name: what the server answered may be a customer's."""
    tried = report["attempts"]
    facts = {"attacks": len(tried), "refused": sum(not each["succeeded"] for each in tried)}
    found = {
        each["technique"] for each in tried if each["succeeded"] and not each["known"] and each["class"] in CRITICAL
    }
    if report["holds"]:
        logger.info("isolation.proved", extra=facts)
    else:
        logger.error("isolation.broken", extra={**facts, "techniques": sorted(found)})
