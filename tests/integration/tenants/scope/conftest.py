"""Fixtures of the tests of scopes: none is left behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from tenants.scope import holders


@pytest.fixture(autouse=True)
def _nothing_is_left_behind(database: None) -> Iterator[None]:
    yield
    assert (connection.scope, connection.database_role, holders) == (None, None, {})  # type: ignore[attr-defined]
