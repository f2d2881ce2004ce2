"""Workix as it serves, where it is slowed down to be counted: leases of rate limits last as many requests as they else do."""

from __future__ import annotations

import time

from workix.wsgi import application  # isort: skip  # it sets Django up

from quotas.throttling import requests
from quotas.throttling.leases import Leases

__all__ = ["application"]

#: About so many times does callgrind slow Python down.
SLOWER = 50


def _microseconds() -> float:
    return time.monotonic() * 1e6 / SLOWER


_LEASES = Leases(requests.leases()._store, clock=_microseconds)  # noqa: SLF001  # the same store, another clock
requests.leases = lambda: _LEASES  # type: ignore[assignment]  # in this process of a benchmark
