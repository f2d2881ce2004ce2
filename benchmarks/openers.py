"""A Django process beside the harness that opens organizations one by one, and times each itself."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import django
from django.contrib.auth.hashers import make_password

from benchmarks.processes import PROJECT, BenchmarkError, environment_of, python, stop
from benchmarks.sides.side import PASSWORD


class Opener:
    """Talks to such a process; one is needed per project, since a process has but one set of settings."""

    def __init__(self, module: str, settings: Mapping[str, str], log: Path) -> None:
        self._command = python("-W", "ignore", "-m", "benchmarks.openers", module)
        self._settings, self._log = settings, log

    def __enter__(self) -> Opener:
        with self._log.open("ab") as errors:
            self._process = subprocess.Popen(
                self._command,
                cwd=PROJECT,
                env=environment_of(self._settings),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        return self

    def __exit__(self, *_: object) -> None:
        stop(self._process)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()

    def call(self, function: str, slug: str, **arguments: Any) -> tuple[float, Any]:
        """Call `function` of the module for `slug`; return the seconds it took and what it returned.

        :raises BenchmarkError: with the end of the process's log, when it failed.
        """
        sending, receiving = self._process.stdin, self._process.stdout
        assert sending is not None
        assert receiving is not None
        sending.write(json.dumps([function, slug, arguments]).encode() + b"\n")
        sending.flush()
        answer = receiving.readline()
        if not answer:
            raise BenchmarkError(f"{function}({slug!r}) failed:\n{self._log.read_text()[-3000:]}")
        seconds, result = json.loads(answer)
        return seconds, result


def serve(module_name: str) -> None:
    """Answer one call a line until the input ends; an error ends the process, its traceback is in the log."""
    answers, sys.stdout = sys.stdout, sys.stderr
    django.setup()
    module = importlib.import_module(module_name)
    password = make_password(PASSWORD)
    for line in sys.stdin:
        function, slug, arguments = json.loads(line)
        began = time.perf_counter()
        result = getattr(module, function)(slug, password=password, **arguments)
        seconds = time.perf_counter() - began
        print(json.dumps([seconds, result]), file=answers, flush=True)


if __name__ == "__main__":
    serve(sys.argv[1])
