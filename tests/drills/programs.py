"""psql, pg_dump and pg_restore: the programs of a PostgreSQL, run against a server of the tests."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from devserver.postgres.binaries import find_binaries
from workix.config.database_url import DatabaseAddress

BUNDLED = find_binaries().folder
#: Debian's.
INSTALLED_15 = Path("/usr/lib/postgresql/15/bin")


def run(program: Path, address: DatabaseAddress, *arguments: str | Path) -> str:
    """Run one, and return what it printed; a failure is an error that says what it said."""
    environment = {
        "PATH": os.defpath,
        "PGHOST": address.host,
        "PGPORT": str(address.port),
        "PGDATABASE": address.name,
        "PGUSER": address.user,
        "PGPASSWORD": address.password.reveal(),
    }
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"{program.name}: {done.stderr}")
    return done.stdout


def run_psql(address: DatabaseAddress, *arguments: str | Path) -> str:
    return run(BUNDLED / "psql", address, "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", *arguments)
