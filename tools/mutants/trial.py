"""A trial: runs tests over a mutant in a copy of the project, with a PostgreSQL of its own that begins each time anew."""

# Note [A server that begins anew]
# A mutant may spoil what all tests share: the roles of the server. The next one would be noticed for that. So a copy is
# made of the data of a server on which the tests just passed, and each trial begins with a copy of that copy.

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from devserver.postgres.location import locate
from tools.mutants.mutant import Mutant
from tools.mutants.subjects import PROJECT, shapes_database, tests_of

#: What takes longer than the tests of a survivor do went round in circles, or waits for ever: that is noticed, too.
LONGEST_SECONDS = 600
WARM_UP = "tests/integration/tenants/backend/test_backend.py::test_outside_every_scope_a_query_is_an_error"
_SERVER = "var/test-postgres/bundled"
#: pytest's: all passed, none was selected.
_PASSED = (0, 5)
_FAILED = 1


class Outcome(StrEnum):
    NOTICED = "noticed"
    SURVIVED = "SURVIVED"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`by` is the first test that failed."""

    mutant: Mutant
    outcome: Outcome
    by: str = ""


class Workshop:
    """A copy of the project, for one trial at a time."""

    def __init__(self, folder: Path) -> None:
        self._tree, self._pristine = folder / "tree", folder / "postgres"
        shutil.rmtree(folder, ignore_errors=True)
        listed = subprocess.check_output(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607  # whichever is there
            cwd=PROJECT,
            text=True,
        )
        for name in filter(None, listed.split("\0")):
            if (PROJECT / name).is_file():
                (self._tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(PROJECT / name, self._tree / name)
        self._fingerprint = ""

    def open(self) -> None:
        """Run one test, and keep the server's data as it is then. See Note [A server that begins anew].

        :raises RuntimeError: when it does not pass.
        """
        said = self._pytest([WARM_UP], {})
        if said.returncode != 0:
            raise RuntimeError(f"The tests do not pass without a mutant:\n{said.stdout}")
        self._fingerprint = self._ask("from tests.database import fingerprint; print(fingerprint())")
        self.close()
        _copy(locate(self._tree / _SERVER), self._pristine)

    def close(self) -> None:
        """Stop the server."""
        stop = [sys.executable, "-m", "devserver.postgres", "stop", "--folder", _SERVER]
        subprocess.run(stop, cwd=self._tree, check=True, stdout=subprocess.DEVNULL)

    def judge(self, mutant: Mutant) -> Verdict:
        """Try a mutant: its quick tests, and where those pass, the slow ones."""
        file = self._tree / mutant.path
        source = file.read_bytes()
        file.write_bytes(mutant.applied(source))
        server = locate(self._tree / _SERVER)
        shutil.rmtree(server)
        _copy(self._pristine, server)
        kept = {} if shapes_database(mutant) else {"TEST_SOURCE_FINGERPRINT": self._fingerprint}
        try:
            return self._judge(mutant, kept)
        finally:
            self.close()
            file.write_bytes(source)

    def _judge(self, mutant: Mutant, environment: dict[str, str]) -> Verdict:
        # What is written meanwhile is not there.
        tests = [name for name in tests_of(mutant) if (self._tree / name.partition("::")[0]).exists()]
        for which in ("not slow and not fuzz", "slow and not fuzz"):
            try:
                said = self._pytest(["-x", "-m", which, *tests], environment)
            except subprocess.TimeoutExpired:
                return Verdict(mutant, Outcome.NOTICED, "a test that never ended")
            if said.returncode not in _PASSED:
                lines = [line for line in said.stdout.splitlines() if line.startswith(("FAILED tests", "ERROR tests"))]
                valid = said.returncode == _FAILED and not _does_not_even_begin(said.stdout)
                return Verdict(mutant, Outcome.NOTICED if valid else Outcome.INVALID, (lines or ["?"])[0])
        return Verdict(mutant, Outcome.SURVIVED)

    def _pytest(self, arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "--tb=line", *arguments]
        process = subprocess.Popen(
            command,
            cwd=self._tree,
            env=os.environ | {"TEST_RUN": "mutant"} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            said, _ = process.communicate(timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            raise
        return subprocess.CompletedProcess(command, process.returncode, said)

    def _ask(self, code: str) -> str:
        return subprocess.check_output([sys.executable, "-c", code], cwd=self._tree, text=True).strip()


def _does_not_even_begin(said: str) -> bool:
    """PostgreSQL can't read the SQL, or the files can't be loaded: such a mutant says nothing about the tests."""
    return "psycopg.errors.SyntaxError" in said or "during collection" in said


def _copy(source: Path, target: Path) -> None:
    """Keep whose the files are: the server's account is another where this one is root."""
    subprocess.run(["cp", "-a", f"{source}/.", str(target)], check=True)  # noqa: S607  # whichever is there
