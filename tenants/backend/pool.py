"""Connection pool: idle connections of this process by role, under one cap, least recently used closed first (LRU)."""

from __future__ import annotations

import os
import select
import threading
import time
from collections import deque

import psycopg
from django.db.utils import OperationalError
from psycopg.pq import TransactionStatus

from workix.observability import metrics

WAIT_SECONDS = 5.0


class NoConnectionFree(OperationalError):
    """Every connection this process may hold is in use."""


class Pool:
    """Lends a connection only to the role it was opened for; closes the one that was idle longest to stay in the cap."""

    def __init__(self, cap: int) -> None:
        self.cap = cap
        self._open = 0
        self._idle: deque[tuple[str, psycopg.Connection]] = deque()
        self._change = threading.Condition()

    def take(self, role: str) -> psycopg.Connection | None:
        """Return an idle connection of `role`, or None: then there is room to open one, and it is counted.

        :raises NoConnectionFree: when all are in use for longer than WAIT_SECONDS.
        """
        deadline = time.monotonic() + WAIT_SECONDS
        with self._change:
            while True:
                found = self._pop(role)
                if found is not None:
                    return found
                if self._open < self.cap or self._evict():
                    self._open += 1
                    return None
                if not self._change.wait(deadline - time.monotonic()):
                    metrics.CONNECTION_WAITS.labels("none_free").inc()
                    raise NoConnectionFree("Every database connection of this process is in use.")
                metrics.CONNECTION_WAITS.labels("ok").inc()

    def give_back(self, role: str, connection: psycopg.Connection) -> None:
        """Keep a connection for the next who comes as `role`; one that is not clean is closed."""
        if connection.closed or connection.pgconn.transaction_status != TransactionStatus.IDLE:
            connection.close()
            self.release()
            return
        with self._change:
            self._idle.append((role, connection))
            self._change.notify()

    def release(self) -> None:
        """Count one connection less: it was closed, or could not be opened."""
        with self._change:
            self._open -= 1
            self._change.notify()

    def clear(self) -> None:
        """Close whatever is idle."""
        with self._change:
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
