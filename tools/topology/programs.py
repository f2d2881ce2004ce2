"""The programs of the topology, as Debian's packages bring them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

#: Program -> the package it is in.
PACKAGES: Mapping[str, str] = MappingProxyType(
    {
        "nginx": "nginx-light",
        "pgbouncer": "pgbouncer",
        "redis-server": "redis-server",
        "prometheus": "prometheus",
        "psql": "postgresql-client",
        "openssl": "openssl",
    }
)
POSTGRESQL_15 = Path("/usr/lib/postgresql/15/bin")
#: Where Debian keeps what only root has on its path.
_PATH = "/usr/local/sbin:/usr/sbin:/sbin"


def find(program: str) -> str | None:
    """Return where a program is."""
    return shutil.which(program) or shutil.which(program, path=_PATH)


def missing() -> list[str]:
    """Name the packages that are not installed."""
    server = [] if (POSTGRESQL_15 / "postgres").exists() else ["postgresql-15"]
    return server + [package for program, package in PACKAGES.items() if find(program) is None]
