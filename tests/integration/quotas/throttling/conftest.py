"""Fixtures of rate limits: both stores, a real redis-server among them, and a process that has forgotten everything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotas.throttling import requests
from quotas.throttling.postgres_store import PostgresStore
from quotas.throttling.redis_store import RedisStore
from tests.servers import redis_server
from workix.config.secrets import Secret


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secret]:
    with redis_server(tmp_path_factory.mktemp("redis")) as url:
        yield url


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
