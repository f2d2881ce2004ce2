"""A platform to start and stop."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from devserver.postgres.location import locate
from devserver.postgres.server import EmbeddedPostgres
from devserver.supervisor import stop_all
from tests.running.platform_process import Platform
from tests.servers import free_port


@pytest.fixture
def platform(database: None, tmp_path: Path) -> Iterator[Platform]:
    made = Platform(tmp_path / "var", free_port())
    yield made
    stop_all(made.var / "run")


@pytest.fixture
def bare_platform(tmp_path: Path) -> Iterator[Platform]:
    """A machine with nothing on it: the platform starts its own database."""
    made = Platform(tmp_path / "var", free_port(), bare=True)
    yield made
    stop_all(made.var / "run")
    EmbeddedPostgres(made.var / "postgres").stop()
    home = locate(made.var / "postgres")
    if tmp_path not in home.parents:
        shutil.rmtree(home)
