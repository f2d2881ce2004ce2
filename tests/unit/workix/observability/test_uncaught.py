"""What nobody caught is said in the log, redacted, whichever way it ended."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.environment import PROJECT
from tests.servers import PATIENCE_SECONDS

KEY = "wxk_" + "A" * 65
CONFIGURED = """
import logging.config, sys, threading, warnings
from workix.observability.logging import logging_configuration
from workix.observability.logs.uncaught import log_uncaught
log_uncaught()
key = "wxk_" + "A" * 65
def fail(): raise RuntimeError("of " + key)
class Failing:
    def __del__(self): fail()
"""
LOGGED = """
logging.config.dictConfig(logging_configuration("INFO", serves=True))
thread = threading.Thread(target=fail, name="sampler")
thread.start(); thread.join()
Failing()
warnings.warn("Give no " + key, UserWarning)
logging.getLogger("gunicorn.error").warning("Worker (pid:%s) was sent %s!", 7, key)
"""


def ended(*parts: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-c", "".join(parts)]
    return subprocess.run(line, cwd=PROJECT, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)


@pytest.mark.requirement("S28", "S79")
def test_threads_finalizers_warnings_servers_and_the_program_itself_end_in_one_log() -> None:
    done = ended(CONFIGURED, LOGGED, "fail()")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr, KEY in done.stdout) == (1, "", False)
    assert [(line["level"], line["logger"], line["event"].partition(": ")[0]) for line in lines] == [
        ("error", "workix.uncaught", "thread.failed"),
        ("error", "workix.uncaught", "exception.unraisable"),
        ("warning", "py.warnings", "<string>:15"),
        ("warning", "gunicorn.error", "Worker (pid:7) was sent [redacted]!"),
        ("critical", "workix.uncaught", "program.failed"),
    ]
    said = [line["exception"].splitlines()[-1] for line in lines if "exception" in line]
    assert said == ["RuntimeError: of [redacted]"] * 3


def test_before_there_is_a_log_a_program_says_it_redacted_on_standard_error() -> None:
    done = ended(CONFIGURED, "fail()")
    assert (done.returncode, done.stdout, done.stderr.splitlines()[-1]) == (1, "", "RuntimeError: of [redacted]")
