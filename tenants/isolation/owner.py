"""The owner's privileged connection, its limits on waiting (lock_timeout, retry) and its advisory lock; for isolation/ alone."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import SystemRandom
from typing import TypeVar

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection

from tenants.isolation.database_roles import FORMAT_SETTINGS, OWNER_SETTINGS, DatabaseRole, RoleKind, as_options
from workix.config.database_url import DatabaseAddress

logger = logging.getLogger("workix.isolation")

Result = TypeVar("Result")

# Note [Waiting for locks]
# Whoever waits for a strong lock makes everybody wait who comes later, readers too: one forgotten transaction and one
# patient ALTER TABLE are an outage. So a statement of the owner's waits a moment only, gives way, and tries again after a
# pause that is never the same twice. What a dead process began ends with it: the server looks whether its client is
# there, even while a statement waits, and ends a transaction in which nothing happens.

#: How long work is tried again and again that others' locks keep from being done.
PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = (0.2, 1.0)
#: lock_not_available and deadlock_detected.
_GIVE_WAY = ("55P03", "40P01")
#: What two say that change one catalog row at once; the server has no code for it.
_AT_ONCE = ("tuple concurrently updated", "tuple concurrently deleted")

#: "workix" in ASCII: one roll-out or repair at a time in a database.
ADVISORY_LOCK = 0x776F_726B_6978


class NoDatabase(ImproperlyConfigured):
    """DATABASE_URL is unset. Production is refused earlier, by its settings."""


def database() -> DatabaseAddress:
    """Return the owner's database address.

    :raises NoDatabase: when DATABASE_URL is unset.
    """
    configured: DatabaseAddress | None = settings.WORKIX.database_url
    if configured is None:
        raise NoDatabase("DATABASE_URL must be set. On a developer's machine `make run` brings a database of its own.")
    return configured


def find_superuser() -> DatabaseAddress | None:
    """Return the superuser's database address, where there is one: WORKIX_SETUP_DATABASE_URL."""
    named: DatabaseAddress | None = settings.WORKIX.setup_database_url
    return named


def connect(address: DatabaseAddress | None = None) -> psycopg.Connection:
    """Open a plain connection with the owner's rights (or those of `address`), in autocommit. It waits for no lock long."""
    given = (address or database()).connection_parameters()
    limits = {"connect_timeout": 10, "tcp_user_timeout": OWNER_SETTINGS["tcp_user_timeout"]}
    pinned = as_options({**OWNER_SETTINGS, **FORMAT_SETTINGS})
    options = f"{given.get('options', '')} {pinned}".strip()
    parameters = limits | given | {"options": options}
    return psycopg.connect(**parameters, autocommit=True)  # type: ignore[arg-type]  # libpq's own names


def owner_role(schema: str) -> DatabaseRole:
    """Name the owner, working in `schema`."""
    return DatabaseRole(RoleKind.OWNER, database().user, schema)


@contextmanager
def acting_as_owner(schema: str = "public") -> Iterator[None]:
    """Lend the ORM the owner's rights inside the block. For openings, migrations and removals only."""
    with connection.acting_as(owner_role(schema)):  # type: ignore[attr-defined]  # our own backend
        yield


def wait_for_locks(seconds: int) -> None:
    """Let the rest of this transaction of the ORM's wait longer: it takes no lock that readers wait for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_catalog.set_config('lock_timeout', %s, true)", [f"{seconds}s"])


def retried(work: Callable[[], Result], *, seconds: float = PATIENCE_SECONDS) -> Result:
    """Do work that may be begun anew, and again while locks of others stop it. See Note [Waiting for locks].

    :raises Exception: what stopped it last, when that has gone on for so many seconds; whatever else stops it, at once.
    """
    deadline = time.monotonic() + seconds
    while True:
        try:
            return work()
        except (psycopg.Error, Error) as error:
            if not gives_way(error) or time.monotonic() > deadline:
                raise
            logger.info("isolation.gave_way", extra={"reason": str(error).partition("\n")[0]})
        _pause()


def gives_way(error: Exception) -> bool:
    """Say whether this error means that somebody else was at it, and trying again is right."""
    cause = error.__cause__ if isinstance(error, Error) else error
    return getattr(cause, "sqlstate", None) in _GIVE_WAY or any(phrase in str(error) for phrase in _AT_ONCE)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one process into the block, of all there are on any machine: who comes later waits for its turn.

    The lock is asked for again and again. Who waited inside a statement would keep its snapshot, and CREATE INDEX
    CONCURRENTLY waits for those: the two would never end.
    """
    with connect() as holder:
        while not _locks(holder):
            _pause()
        yield


def _locks(holder: psycopg.Connection) -> bool:
    row = holder.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK]).fetchone()
    return bool(row and row[0])


def _pause() -> None:
    time.sleep(SystemRandom().uniform(*PAUSE_SECONDS))
