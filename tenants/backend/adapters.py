"""psycopg's adapters of our connections: how values are read and written."""

from __future__ import annotations

from datetime import UTC
from functools import cache

from django.db.backends.postgresql.psycopg_any import get_adapters_template
from psycopg.adapt import AdaptersMap
from psycopg.types.datetime import TimestamptzLoader


@cache
def adapters() -> AdaptersMap:
    """Read times with psycopg's own loader, written in C: Django's, in Python, only puts UTC where UTC is already."""
    adapters = AdaptersMap(get_adapters_template(use_tz=True, timezone=UTC))
    adapters.register_loader("timestamptz", TimestamptzLoader)
    return adapters
