"""Database metrics: django-prometheus' series of statements and connections, by the kind of role that made them."""

# django-prometheus' own backend looks labels up for each statement, which costs more than a quarter of a small request.
# We count into its series from Django's hook around statements; `django_db_execute_total` is the number of those timed.

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django_prometheus.db import connection_errors_total, connections_total, errors_total, query_duration_seconds

VENDOR = "postgresql"


def time_statement(  # noqa: PLR0917  # as Django calls what wraps it
    role: str, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
) -> Any:
    """Run `execute`, which Django hands to what wraps it, and count it as done by a role of this kind, on its connection."""
    started = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    except Exception as error:
        errors_total.labels(role, VENDOR, type(error).__name__).inc()
        raise
    finally:
        seconds = time.perf_counter() - started
        connection = context["connection"]
        connection.database_seconds += seconds
        connection.database_statements += 1
        _observer(role)(seconds)


@contextmanager
def connection_counted(role: str) -> Iterator[None]:
    """Count one new connection, and whether it failed."""
    connections_total.labels(role, VENDOR).inc()
    try:
        yield
    except Exception:
        connection_errors_total.labels(role, VENDOR).inc()
        raise


@cache
def _observer(role: str) -> Callable[[float], None]:
    observe: Callable[[float], None] = query_duration_seconds.labels(role, VENDOR).observe
    return observe
