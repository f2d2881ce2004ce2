"""Lock holders: says who holds the lock (pg_blocking_pids) that an owner's statement waited for, never what they ask."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import psycopg
from django.db import Error

from tenants.isolation import owner
from workix.core.errors import Conflict

_EVERY_SECONDS = 0.1

# What roles other than one's own began when, only a role with pg_read_all_stats is told.
_HOLDERS = """
    SELECT blocking.pid, a.usename::text, a.xact_start
      FROM (SELECT DISTINCT unnest(pg_blocking_pids(%s))) AS blocking (pid) LEFT JOIN pg_stat_activity AS a USING (pid)
     ORDER BY 1"""


class LockHeld(Conflict):
    """Somebody held on to what was to be changed, for longer than one waits. Nothing was changed."""

    code = "lock_held"
    detail = "Somebody else holds what is to be changed. Nothing was changed; try again in a moment."


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock. A transaction that was prepared has no process."""

    pid: int
    role: str | None
    since: datetime | None

    def __str__(self) -> str:
        if not self.pid:
            return "a prepared transaction"
        since = f" since {self.since:%Y-%m-%d %H:%M:%S %Z}" if self.since else ""
        return f"process {self.pid} of the role {self.role}{since}"


@contextmanager
def lock_holders_named(waiting: psycopg.Connection) -> Iterator[None]:
    """Watch for whom the statements of `waiting` wait, as long as the block lasts.

    :raises LockHeld: naming them, in place of the error of a statement that gave up waiting.
    """
    over = threading.Event()
    seen: list[Holder] = []
    watcher = threading.Thread(target=_watch, args=[waiting.info.backend_pid, over, seen])
    watcher.start()
    try:
        yield
    except (psycopg.Error, Error) as error:
        if not owner.gives_way(error):
            raise
        over.set()
        watcher.join()
        raise _held(seen) from error
    finally:
        over.set()
        watcher.join()


def _watch(pid: int, over: threading.Event, seen: list[Holder]) -> None:
    with owner.connect() as connection:
        while not over.wait(_EVERY_SECONDS):
            found = [Holder(*row) for row in connection.execute(_HOLDERS, [pid])]
            seen[:] = found or seen


def _held(seen: list[Holder]) -> LockHeld:
    if not seen:
        return LockHeld()
    return LockHeld(f"It is held by {', '.join(map(str, seen))}. Nothing was changed; try again when that has ended.")
