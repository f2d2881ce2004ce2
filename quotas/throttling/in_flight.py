"""Concurrency limit of requests: so many in flight at once of one organization, in each process that serves requests."""

# Note [Threads of a process]
# A process has a few threads, and a slow request holds one. An organization that asks slow things at once would hold all of
# them, and everybody else's requests would wait behind it. Who goes beyond the limit is told to come again at once: to wait
# would hold a thread, too. There is none unless an operator sets one: where one organization is alone, all threads are its.

from __future__ import annotations

from collections import Counter
from threading import Lock
from uuid import UUID

from workix.core.errors import Unavailable

_running: Counter[UUID] = Counter()
_lock = Lock()


class OrganizationBusy(Unavailable):
    detail = "Too many requests of your organization are being answered at this moment. Nothing was done; try again."


class InFlight:
    """One request of an organization, for the length of a block. See Note [Threads of a process]."""

    def __init__(self, organization_id: UUID, *, most: int) -> None:
        self._organization_id, self._most = organization_id, most

    def __enter__(self) -> None:
        """Begin it.

        :raises OrganizationBusy: when as many as may be are under way.
        """
        with _lock:
            if _running[self._organization_id] >= self._most:
                raise OrganizationBusy
            _running[self._organization_id] += 1

    def __exit__(self, *_: object) -> None:
        with _lock:
            _running[self._organization_id] -= 1
            if not _running[self._organization_id]:
                del _running[self._organization_id]
