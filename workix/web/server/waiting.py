"""Connections that wait for their client: each until its deadline, all of them within a bound of number and memory."""

from __future__ import annotations

import time

from workix.web.server.connection import Connection

#: Bytes of unfinished requests and unread responses, in one worker.
MOST_HELD = 67_108_864
#: Deadlines are looked at this often, in seconds.
PRECISION = 0.25


class WaitingConnections:
    """Connections with the moment (time.monotonic) at which each is given up, oldest first."""

    def __init__(self) -> None:
        self._deadlines: dict[Connection, float] = {}
        self._held: dict[Connection, int] = {}
        self._in_all = 0
        self._next_look = 0.0

    def add(self, connection: Connection, seconds: float) -> None:
        """Wait for this one, so long from now; where it was waited for, its place among the others stays."""
        self._deadlines[connection] = time.monotonic() + seconds
        self.measure(connection)

    def measure(self, connection: Connection) -> None:
        """Note how much one of them holds now."""
        self._in_all += connection.held - self._held.get(connection, 0)
        self._held[connection] = connection.held

    def remove(self, connection: Connection) -> None:
        if self._deadlines.pop(connection, None) is not None:
            self._in_all -= self._held.pop(connection)

    def overdue(self) -> list[Connection]:
        """Say whose time is over."""
        now = time.monotonic()
        if now < self._next_look:
            return []
        self._next_look = now + PRECISION
        return [connection for connection, deadline in self._deadlines.items() if deadline <= now]

    def give_up_all_within(self, seconds: float) -> None:
        """Wait for nobody longer than this."""
        latest = time.monotonic() + seconds
        self._deadlines = {connection: min(each, latest) for connection, each in self._deadlines.items()}

    def oldest(self) -> Connection | None:
        """Say who has waited longest: who makes room for somebody new."""
        return next(iter(self._deadlines), None)

    def largest_of_too_much(self) -> Connection | None:
        """Say who holds most, when all together hold too much."""
        if self._in_all <= MOST_HELD:
            return None
        return max(self._held, key=self._held.__getitem__)
