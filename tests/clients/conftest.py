"""Fixtures of the client tests: a platform of their own with its worker, and an organization in it to try clients on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients.sandboxes import Sandbox, open_sandbox
from tests.database import another_database
from tests.environment import WORKER
from tests.servers import Platform, free_port


@pytest.fixture(scope="session")
def front_end_port() -> int:
    """Where a page is served that may call the platform."""
    return free_port()


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory, front_end_port: int) -> Iterator[Platform]:
    origins = {"WORKIX_ALLOWED_ORIGINS": f"http://localhost:{front_end_port}"}
    with another_database(f"workix_clients_{WORKER}") as environment:
        platform = Platform.at(environment, tmp_path_factory.mktemp("var"), **origins)
        with platform.serving(), platform.working():
            yield platform


@pytest.fixture(scope="session")
def sandbox(platform: Platform) -> Sandbox:
    return open_sandbox(platform)


@pytest.fixture(scope="session")
def sandbox_file(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What examples read: WORKIX_SANDBOX names it."""
    file = tmp_path_factory.mktemp("sandbox") / "sandbox.json"
    file.write_text(json.dumps(sandbox))
    return file
