"""Fixtures of rate limits: both stores, a real redis-server among them, and a process that has forgotten everything."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis, RedisError

from quotas.throttling import requests
from quotas.throttling.postgres_store import PostgresStore
from quotas.throttling.redis_store import RedisStore
from tests.servers import free_port
from workix.config.secrets import Secret


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secret]:
    program, port = shutil.which("redis-server"), free_port()
    if program is None:
        pytest.skip("redis-server is not installed: apt-get install redis-server")
    options = ("--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no")
    server = subprocess.Popen([program, *options], cwd=tmp_path_factory.mktemp("redis"), stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield Secret(f"redis://127.0.0.1:{port}/0")
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(params=["postgres", "redis"])
def store(request: pytest.FixtureRequest, database: None, tmp_path: Path) -> PostgresStore | RedisStore:
    """Each store, empty."""
    if request.param == "postgres":
        return PostgresStore()
    return RedisStore(request.getfixturevalue("redis_url"), prefix=tmp_path.name, patience=30)


@pytest.fixture
def _nothing_known() -> Iterator[None]:
    requests.forget_all()
    yield
    requests.forget_all()


def _wait_for(port: int) -> None:
    with Redis(port=port) as asking:
        for _ in range(200):
            try:
                asking.ping()
            except RedisError:
                time.sleep(0.02)
            else:
                return
    raise AssertionError("redis-server does not answer")
