"""Password hasher (Argon2id) at OWASP's parameters; how many hashes a process works out at once is bounded."""

# Note [Hashes at once]
# A hash takes 46 MiB and all of a core for some 50 ms. That is meant for whoever guesses, but anybody may ask for one, so a
# flood of log-ins could take all memory there is. So a process works out only so many at once, whatever they are for; the
# others wait, and give up after some seconds: a request that waits holds a thread.

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from workix.core.errors import Unavailable

WAIT_SECONDS = 5


class Busy(Unavailable):
    """Nothing was looked at; the same call may succeed in a moment."""

    code = "busy"
    detail = "Too many passwords are being checked at this moment. Try again in some seconds."


class Argon2Hasher(Argon2PasswordHasher):
    """Source: OWASP Password Storage Cheat Sheet: Argon2id with m = 46 MiB, t = 1, p = 1. See Note [Hashes at once]."""

    time_cost, memory_cost, parallelism = 1, 47_104, 1

    def encode(self, password: str, salt: str) -> str:
        with one_of_few():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with one_of_few():
            return super().verify(password, encoded)


@contextmanager
def one_of_few() -> Iterator[None]:
    """Wait until this process may work out one more hash.

    :raises Busy: when none became free in WAIT_SECONDS.
    """
    semaphore = _semaphore(settings.WORKIX.hashes_at_once)
    if not semaphore.acquire(timeout=WAIT_SECONDS):
        raise Busy(headers={"Retry-After": str(WAIT_SECONDS)})
    try:
        yield
    finally:
        semaphore.release()


@cache
def _semaphore(number: int) -> Any:
    return BoundedSemaphore(number)
