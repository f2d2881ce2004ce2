"""Connection pool: idle connections of this process by role, under one cap, least recently used closed first (LRU)."""

from __future__ import annotations

import os
import select
import threading
from collections import deque
from dataclasses import dataclass, field

import psycopg
from django.db.utils import OperationalError
from psycopg.pq import TransactionStatus

from workix.observability import metrics

WAIT_SECONDS = 5.0

# Note [Waiting for a connection]
# Whoever finds every connection in use stands in a queue, and what becomes free is handed to the first in it, by whoever
# frees it. Waking somebody up to look for themselves would let those take it who came later and are awake already. Where
# somebody waits nothing is idle, so nobody passes the queue with a connection of their own role either.


class NoConnectionFree(OperationalError):
    """Every connection this process may hold is in use."""


@dataclass(slots=True, eq=False)
class _Waiting:
    """Somebody in the queue, and what they were handed: a connection of their role, or room for one."""

    role: str
    served: threading.Event = field(default_factory=threading.Event)
    connection: psycopg.Connection | None = None


class Pool:
    """Lends a connection only to the role it was opened for; closes the one that was idle longest to stay in the cap."""

    def __init__(self, cap: int) -> None:
        self.cap = cap
        self._open = 0
        self._idle: deque[tuple[str, psycopg.Connection]] = deque()
        self._queue: deque[_Waiting] = deque()
        self._lock = threading.Lock()

    def take(self, role: str) -> psycopg.Connection | None:
        """Return an idle connection of `role`, or None: then there is room to open one, and it is counted.

        :raises NoConnectionFree: when all are in use for longer than WAIT_SECONDS. See Note [Waiting for a connection].
        """
        with self._lock:
            idle = None if self._queue else self._pop(role)
            if idle is not None:
                return idle
            asking = _Waiting(role)
            self._queue.append(asking)
            self._serve()
        if asking.served.is_set():
            return asking.connection
        if not asking.served.wait(WAIT_SECONDS) and not self._leave(asking):
            metrics.CONNECTION_WAITS.labels("none_free").inc()
            raise NoConnectionFree("Every database connection of this process is in use.")
        metrics.CONNECTION_WAITS.labels("ok").inc()
        return asking.connection

    def give_back(self, role: str, connection: psycopg.Connection) -> None:
        """Keep a connection for the next who comes as `role`; one that is not clean is closed."""
        if connection.closed or connection.pgconn.transaction_status != TransactionStatus.IDLE:
            connection.close()
            self.release()
            return
        with self._lock:
            self._idle.append((role, connection))
            self._serve()

    def release(self) -> None:
        """Count one connection less: it was closed, or could not be opened."""
        with self._lock:
            self._open -= 1
            self._serve()

    def clear(self) -> None:
        """Close whatever is idle."""
        with self._lock:
            while self._evict():
                pass

    def forget(self) -> None:
        """Start over in a forked child: the sockets belong to the parent."""
        self.__init__(self.cap)  # type: ignore[misc]  # a fresh start is exactly what is meant

    def __len__(self) -> int:
        return self._open

    @property
    def idle(self) -> int:
        """How many of them nobody uses."""
        return len(self._idle)

    @property
    def waiting(self) -> int:
        """How many stand in the queue."""
        return len(self._queue)

    def _serve(self) -> None:
        """Hand out what there is, first come, first served."""
        while self._queue:
            first = self._queue[0]
            first.connection = self._pop(first.role)
            if first.connection is None:
                if self._open >= self.cap and not self._evict():
                    return
                self._open += 1
            self._queue.popleft()
            first.served.set()

    def _leave(self, asking: _Waiting) -> bool:
        """Give up waiting; say whether one was served at the last moment."""
        with self._lock:
            if not asking.served.is_set():
                self._queue.remove(asking)
            return asking.served.is_set()

    def _pop(self, role: str) -> psycopg.Connection | None:
        for index in range(len(self._idle) - 1, -1, -1):
            if self._idle[index][0] == role:
                connection = self._idle[index][1]
                del self._idle[index]
                if _is_alive(connection):
                    return connection
                connection.close()
                self._open -= 1
        return None

    def _evict(self) -> bool:
        if not self._idle:
            return False
        self._idle.popleft()[1].close()
        self._open -= 1
        return True


def _is_alive(connection: psycopg.Connection) -> bool:
    """Look whether the server hung up, without asking it: an idle connection has nothing to read."""
    if connection.closed:
        return False
    poll = select.poll()
    poll.register(connection.pgconn.socket, select.POLLIN)
    return not poll.poll(0)


def shared_pool(cap: int) -> Pool:
    """Return this process's pool, made at the first call."""
    global _shared
    if _shared is None:
        _shared = Pool(cap)
        os.register_at_fork(after_in_child=_shared.forget)
    return _shared


_shared: Pool | None = None
