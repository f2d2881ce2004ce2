"""Counter of requests, refusals, jobs and database time by organization, in the memory of one process: bounded (top K)."""

# Note [Heavy use]
# What an organization asks of the platform is added up in memory, and written by a thread that waits for nobody: a request
# makes no statement for it, and meets no database that is down. What is in memory is bounded: so many organizations between
# two times of writing, and whoever comes after them is counted as OTHER, all together; who asks much comes early. What could
# not be written is kept, and written later, as of then. A process that ends writes what it has; one that is killed loses
# what it counted since the last time. In the database there is a row for an organization and an hour, for two days.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from threading import Lock
from uuid import UUID

#: So many organizations are counted one by one until they are written. A row of them takes half a kilobyte.
MOST = 1_000
#: Whoever is beyond: no organization has this id.
OTHER = UUID(int=0)
_TOO_MANY_REQUESTS, _FIRST_REFUSAL, _FIRST_FAULT = 429, 400, 500


@dataclass(slots=True)
class Use:
    """What was asked. `refused` is 4xx without 429, which is `throttled`; `failed` is 5xx."""

    requests: int = 0
    refused: int = 0
    throttled: int = 0
    failed: int = 0
    jobs: int = 0
    database_microseconds: int = 0


class UseCounter:
    """Counts for any number of threads, in no more memory than `most` organizations take. See Note [Heavy use]."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, Lock()
        self._counted: dict[UUID, Use] = {}

    def count_request(self, organization_id: UUID, status: int, seconds: float) -> None:
        """Count one request that was answered with `status`, and for which the database worked so long."""
        with self._lock:
            use = self._counted.get(organization_id) or self._use_of(organization_id)
            use.requests += 1
            use.database_microseconds += int(seconds * 1e6)
            if status >= _FIRST_REFUSAL:
                use.refused += _TOO_MANY_REQUESTS != status < _FIRST_FAULT
                use.throttled += status == _TOO_MANY_REQUESTS
                use.failed += status >= _FIRST_FAULT

    def count_job(self, organization_id: UUID, seconds: float) -> None:
        """Count one attempt at a job."""
        with self._lock:
            use = self._use_of(organization_id)
            use.jobs += 1
            use.database_microseconds += int(seconds * 1e6)

    def take(self) -> Mapping[UUID, Use]:
        """Return what was counted, and begin anew."""
        with self._lock:
            taken, self._counted = self._counted, {}
        return taken

    def put_back(self, taken: Mapping[UUID, Use]) -> None:
        """Count once more what could not be written."""
        with self._lock:
            for organization_id, given in taken.items():
                use = self._use_of(organization_id)
                for name, amount in zip(Use.__slots__, astuple(given), strict=True):
                    setattr(use, name, getattr(use, name) + amount)

    def _use_of(self, organization_id: UUID) -> Use:
        if organization_id not in self._counted and len(self._counted) >= self._most:
            organization_id = OTHER
        return self._counted.setdefault(organization_id, Use())


#: That of this process.
COUNTER = UseCounter()
