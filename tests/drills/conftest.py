"""Fixtures of the drills: servers and platforms of their own, and what a drill needs of the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from devserver.postgres.server import Cluster, EmbeddedPostgres
from tests.drills.programs import INSTALLED_15

StartServer = Callable[..., Cluster]


@pytest.fixture(scope="package")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """Start servers, of PostgreSQL 15 where Debian's is there and asked for; all of them end with the drills."""
    with ExitStack() as stack:

        def start(name: str, *, version_15: bool = False) -> Cluster:
            if version_15 and not (INSTALLED_15 / "postgres").exists():
                pytest.skip("PostgreSQL 15 is not installed here (Debian: postgresql-15)")
            folder: Path = tmp_path_factory.mktemp(name) / "postgres"
            server = EmbeddedPostgres(folder, binaries=INSTALLED_15 if version_15 else None, durable=False)
            stack.callback(server.stop)
            return server.start()

        yield start
