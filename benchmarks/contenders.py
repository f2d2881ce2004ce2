"""The three ways to open an organization that are timed against each other."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Protocol

from benchmarks.openers import Opener
from benchmarks.processes import BenchmarkError, environment_of
from devserver.postgres.binaries import find_binaries
from workix.config.database_url import DatabaseAddress


class Contender(Protocol):
    name: str

    def open(self, slug: str) -> float:
        """Open one organization; return the seconds it took."""


class InProcess:
    """Opens by calling `function` in a Django process that is already warm."""

    def __init__(self, name: str, function: str, opener: Opener) -> None:
        self.name = name
        self._function, self._opener = function, opener

    def open(self, slug: str) -> float:
        return self._opener.call(self._function, slug)[0]


class Script:
    """Opens by `psql -1` with the same statements; the whole process is timed, as an operator would wait for it."""

    name = "psql -1"

    def __init__(self, address: DatabaseAddress, opener: Opener, scratch: Path) -> None:
        self._address, self._opener, self._file = address, opener, scratch / "opening.sql"
        self._psql = find_psql()

    def open(self, slug: str) -> float:
        _, statements = self._opener.call("script_of", slug)
        self._file.write_text(statements)
        command = [self._psql, "-1", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(self._file)]
        environment = environment_of(libpq_environment(self._address))
        began = time.perf_counter()
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        seconds = time.perf_counter() - began
        if done.returncode:
            raise BenchmarkError(f"psql failed:\n{done.stderr[-2000:]}")
        return seconds


def find_psql() -> str:
    """Take psql from beside the bundled server, else from PATH.

    :raises BenchmarkError: when there is none.
    """
    folders = (str(find_binaries().folder), os.environ.get("PATH", ""))
    found = shutil.which("psql", path=os.pathsep.join(folders))
    if not found:
        raise BenchmarkError("There is no psql: install requirements-dev.txt, or put one on PATH.")
    return found


def libpq_environment(address: DatabaseAddress) -> dict[str, str]:
    """Say where to connect in variables: command lines, and so passwords in them, are everybody's to read."""
    parameters = address.connection_parameters()
    parameters["database"] = parameters.pop("dbname")
    return {f"PG{name.upper()}": str(value) for name, value in parameters.items()}
