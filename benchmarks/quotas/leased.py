"""Workix as it serves, where it is slowed down to be counted: leases of rate limits last as many requests as they else do."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import cache
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from workix.wsgi import application as serve  # isort: skip  # it sets Django up

from quotas.throttling import requests
from quotas.throttling.leases import Leases
from quotas.throttling.postgres_store import PostgresStore

#: About so many times does callgrind slow Python down.
SLOWER = 50


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Serve a request. Nothing is changed before there is one: tests import every benchmark."""
    changed: Any = requests
    changed.leases = _leases
    return serve(environ, start_response)


@cache
def _leases() -> Leases:
    return Leases(PostgresStore(), clock=_microseconds)


def _microseconds() -> float:
    return time.monotonic() * 1e6 / SLOWER
