"""Writes what a process counted of heavy use: one upsert (INSERT … ON CONFLICT) every few seconds, and at its end (atexit)."""

# Raw SQL: adds to many rows at once, as the control role.

from __future__ import annotations

import atexit
import logging
from dataclasses import astuple
from functools import cache
from typing import Any

from django.db import Error, connection

from quotas.heavy_use.counter import COUNTER, OTHER, UseCounter
from tenants.scope import use_platform
from workix.core.current import Current
from workix.core.errors import one_line

logger = logging.getLogger("workix.heavy_use")

# In one order, so that two processes never wait for each other (deadlock). Nobody who was removed meanwhile comes back.
_ADD = """
    INSERT INTO heavy_use AS h (id, organization_id, hour, requests, refused, throttled, failed, jobs, database_microseconds)
    SELECT gen_random_uuid(), whose, date_trunc('hour', now(), 'UTC'), asked, refused, throttled, failed, jobs, spent
      FROM unnest(%s::uuid[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
           AS u (whose, asked, refused, throttled, failed, jobs, spent)
     WHERE whose = %s OR EXISTS (SELECT 1 FROM organizations AS o WHERE o.id = whose AND o.deleted_at IS NULL)
     ORDER BY whose
    ON CONFLICT (hour, organization_id) DO UPDATE
       SET requests = h.requests + excluded.requests, refused = h.refused + excluded.refused,
           throttled = h.throttled + excluded.throttled, failed = h.failed + excluded.failed,
           jobs = h.jobs + excluded.jobs,
           database_microseconds = h.database_microseconds + excluded.database_microseconds"""


def write(counter: UseCounter = COUNTER) -> None:
    """Add what was counted to the hour of now. What can't be written stays counted. See Note [Heavy use]."""
    taken = counter.take()
    if not taken:
        return
    columns = [list(column) for column in zip(*map(astuple, taken.values()), strict=True)]
    try:
        with use_platform(), connection.cursor() as cursor:
            cursor.execute(_ADD, [list(taken), *columns, OTHER])
    except Error as error:
        counter.put_back(taken)
        logger.warning("heavy_use.not_written", extra={"organizations": len(taken), "because": one_line(error)})


def write_sampled(sender: object, **kwargs: Any) -> None:
    """Write every few seconds in a process that serves, in the thread that samples it, and at its end."""
    _write_at_exit()
    write()


def count_job(sender: object, seconds: float, **kwargs: Any) -> None:
    """Count an attempt at a job of the organization in scope."""
    organization = Current.find_organization()
    if organization is not None:
        COUNTER.count_job(organization.id, seconds)


@cache
def _write_at_exit() -> None:
    atexit.register(write)
