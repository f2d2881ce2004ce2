"""Fixtures of heavy use: a process that has counted nothing yet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quotas.heavy_use.counter import COUNTER


@pytest.fixture(autouse=True)
def _nothing_counted() -> Iterator[None]:
    COUNTER.take()
    yield
    COUNTER.take()
