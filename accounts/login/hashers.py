"""Password hashers (Argon2id at OWASP's parameters, and imported hashes); how many a process works out at once is bounded."""

# Note [Hashes at once]
# A hash takes 46 MiB and all of a core for some 50 ms. That is meant for whoever guesses, but anybody may ask for one, so a
# flood of log-ins could take all memory there is. So a process works out only so many at once, whatever they are for; the
# others wait, and give up after some seconds: a request that waits holds a thread.

# Note [The time of an imported hash]
# Until its first log-in an imported hash takes the time that its own algorithm and cost take, and nobody's password takes the
# time of one of ours. So whoever measures may tell that an address is known, until its person has logged in once; to hide it,
# every log-in would have to work out both. Guesses are counted all the same: ten for each address (accounts/login/attempts.py).

from __future__ import annotations

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, BasePasswordHasher

from accounts.login.imported_hashes import PREFIX, UnknownHash, read
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


class ImportedHasher(BasePasswordHasher):
    """Compares with a hash from elsewhere, and makes none; a log-in replaces it. See Note [The time of an imported hash]."""

    algorithm = "imported"

    def verify(self, password: str, encoded: str) -> bool:
        try:
            imported = read(encoded.removeprefix(PREFIX))
        except UnknownHash:  # nothing that an import wrote
            return False
        with one_of_few():
            return hmac.compare_digest(imported.derive(password.encode()), imported.expected)

    def decode(self, encoded: str) -> dict[str, Any]:
        return {"algorithm": self.algorithm}

    def safe_summary(self, encoded: str) -> dict[Any, Any]:
        return self.decode(encoded)

    def must_update(self, encoded: str) -> bool:
        return True

    def harden_runtime(self, password: str, encoded: str) -> None:
        """See Note [The time of an imported hash]."""


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
