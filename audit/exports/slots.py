"""Concurrency limit of exports: so many at once an organization, in each process that serves requests."""

# Note [What an export holds]
# Between two batches an export holds no connection and no transaction (tenants/middleware.py), and of memory one batch. What it
# does hold for as long as its client reads is a thread of its process. So that is what is shared out: a client who reads a byte
# a minute has two threads of a process and no more, whatever others of their organization do. Another process has threads of
# its own, and a count of its own; the database is not asked.

from __future__ import annotations

from collections import Counter
from threading import Lock
from uuid import UUID

from workix.core.errors import ProblemError

AT_ONCE = 2
#: In seconds: what we tell whoever is refused.
COME_AGAIN = 30

_running: Counter[UUID | None] = Counter()
_lock = Lock()


class TooManyExports(ProblemError):
    status = 429
    code = "rate_limited"
    detail = f"{AT_ONCE} exports of this organization are running. Wait for one of them to end."

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": str(COME_AGAIN)})


class Slot:
    """One running export of an organization, or of the platform (None). It is given back once, however often it is released."""

    def __init__(self, organization_id: UUID | None) -> None:
        """Take one.

        :raises TooManyExports: when all are taken.
        """
        self._organization_id, self._is_held = organization_id, True
        with _lock:
            if _running[organization_id] >= AT_ONCE:
                raise TooManyExports
            _running[organization_id] += 1

    def release(self) -> None:
        with _lock:
            if self._is_held:
                self._is_held = False
                _running[self._organization_id] -= 1
                if not _running[self._organization_id]:
                    del _running[self._organization_id]
