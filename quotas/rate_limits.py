"""Rate limits (throttling), exact under concurrency: how often something may be tried, by address or client."""

# Raw SQL: counts in one statement, as the control role.

# Note [Counting attempts]
# An attempt is counted before it is made, by one conditional upsert: of any number that come at once, no more than the
# limit get through, and the others change nothing. The counter is in `public`, so it is counted as the control role,
# in a transaction of its own: what is refused afterwards stays counted. A counter from the future, written while some
# clock was ahead, counts as begun now: it never lasts longer than its window.

# Note [Parts of a counter]
# One counter may protect several things at once: an address is a person in many organizations. Then it also knows how much
# of it belongs to which part. Succeeding at one part gives back what was counted for that part, and nothing else; since
# count and parts are columns of one row, they always begin and end together.

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any, cast

from django.db import InterfaceError, OperationalError, ProgrammingError, connection

from tenants.backend.dry_run import kept
from tenants.scope import use_platform
from workix.config.keyed_hash import keyed_hash
from workix.core.current import Current
from workix.core.errors import TooMany, Unavailable
from workix.core.resources import LARGEST_INTEGER
from workix.observability import metrics
from workix.web.client_address import network_of

logger = logging.getLogger("workix.rate_limits")


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` attempts in `window`, counted from the first one. `name` keeps counters apart.

    With `most_of_part`, no part gets more than that of them. See Note [Parts of a counter].
    """

    name: str
    most: int
    window: timedelta
    most_of_part: int = LARGEST_INTEGER


@dataclass(frozen=True, slots=True)
class Left:
    """What is left after an attempt that got through."""

    limit: Limit
    remaining: int
    resets_in: int

    def headers(self) -> dict[str, str]:
        """Write the fields of draft-ietf-httpapi-ratelimit-headers; times in seconds."""
        name, window = self.limit.name, int(self.limit.window.total_seconds())
        return {
            "RateLimit-Policy": f'"{name}";q={self.limit.most};w={window}',
            "RateLimit": f'"{name}";r={self.remaining};t={self.resets_in}',
        }


_COUNT = """
    INSERT INTO attempts AS a (key, name, count, since, parts)
    VALUES (%(key)s, %(name)s, 1, %(now)s, jsonb_build_object(%(part)s::text, 1))
    ON CONFLICT (key) DO UPDATE
       SET count = CASE WHEN a.since <= %(expired)s THEN 1 ELSE a.count + 1 END,
           since = CASE WHEN a.since <= %(expired)s THEN %(now)s ELSE least(a.since, %(now)s) END,
           parts = CASE WHEN a.since <= %(expired)s THEN excluded.parts
                        ELSE a.parts || jsonb_build_object(%(part)s::text, coalesce((a.parts ->> %(part)s)::int, 0) + 1) END
     WHERE a.since <= %(expired)s
        OR (a.count < %(most)s AND coalesce((a.parts ->> %(part)s)::int, 0) < %(most_of_part)s)
    RETURNING count, (parts ->> %(part)s)::int, since"""
_FROM_THE_FUTURE = "UPDATE attempts SET since = %(now)s WHERE key = %(key)s AND since > %(now)s"
_GIVE_BACK = """
    MERGE INTO attempts AS a USING (SELECT %(key)s::text AS key) AS given ON a.key = given.key
     WHEN MATCHED AND a.count <= {amount} THEN DELETE
     WHEN MATCHED THEN UPDATE SET count = a.count - {amount}, parts = {parts}"""
_GIVE_BACK_ONE = _GIVE_BACK.format(amount="1", parts="a.parts")
_GIVE_BACK_ONE_OF_PART = _GIVE_BACK.format(
    amount="1",
    parts="a.parts || jsonb_build_object(%(part)s::text, greatest(coalesce((a.parts ->> %(part)s)::int, 0) - 1, 0))",
)
_GIVE_BACK_PART = _GIVE_BACK.format(amount="coalesce((a.parts ->> %(part)s)::int, 0)", parts="a.parts - %(part)s::text")


def count_attempt(limit: Limit, whose: str, *, now: datetime, part: str = "") -> Left:
    """Count one attempt. See Note [Counting attempts].

    :raises TooMany: when `most` were made already in the window; says when to come again.
    :raises Unavailable: when it can't be counted: what is limited here is then closed.
    """
    values: dict[str, Any] = {
        "key": _key(limit, whose),
        "name": limit.name,
        "part": part,
        "now": now,
        "expired": now - limit.window,
        "most": limit.most,
        "most_of_part": limit.most_of_part,
    }
    with _closed_without_database(), kept(), use_platform(), connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        row = cursor.fetchone()
        if row is None:
            raise _too_many(limit, _since(cursor, values), now)
    count, of_part, since = row
    return Left(limit, min(limit.most - count, limit.most_of_part - of_part), _seconds(since + limit.window - now))


def client() -> str:
    """Return the client that asks, as it is counted: what somebody with an IPv6 network can freely change is left out."""
    return network_of(Current.context.ip_address, ipv4=32)


def count_of(limit: Limit, whose: str, *, now: datetime) -> int:
    """Return how many attempts are counted in the window, without making one."""
    with use_platform(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count FROM attempts WHERE key = %s AND since > %s", [_key(limit, whose), now - limit.window]
        )
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def give_back_one(limit: Limit, whose: str, part: str | None = None) -> None:
    """Take one attempt back, with `part` one of that part: it was none of those that are limited."""
    statement = _GIVE_BACK_ONE if part is None else _GIVE_BACK_ONE_OF_PART
    _give_back(statement, {"key": _key(limit, whose), "part": part})


def give_back_part(limit: Limit, whose: str, part: str) -> None:
    """Start counting anew for one part. See Note [Parts of a counter]."""
    _give_back(_GIVE_BACK_PART, {"key": _key(limit, whose), "part": part})


def forget_attempts(limit: Limit, *whose: str) -> None:
    """Start counting anew for each of these."""
    with use_platform(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM attempts WHERE key = ANY(%s)", [[_key(limit, each) for each in whose]])


def forget_all_attempts(limit: Limit) -> None:
    """Start counting anew for everybody."""
    with use_platform(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM attempts WHERE name = %s", [limit.name])


@contextmanager
def _closed_without_database() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, ProgrammingError) as error:
        metrics.RATE_LIMITS_DOWN.labels("closed").inc()
        logger.exception("rate_limits.store_down")
        raise Unavailable from error


def _give_back(statement: str, values: dict[str, Any]) -> None:
    with use_platform(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def _since(cursor: Any, values: dict[str, Any]) -> datetime:
    """Return when a window began that is full; never later than now. See Note [Counting attempts]."""
    cursor.execute("SELECT since FROM attempts WHERE key = %(key)s", values)
    found = cursor.fetchone()
    since: datetime = found[0] if found else values["now"]
    if since > values["now"]:
        cursor.execute(_FROM_THE_FUTURE, values)
        return cast(datetime, values["now"])
    return since


def _key(limit: Limit, whose: str) -> str:
    return keyed_hash(f"attempts:{limit.name}", whose)


def _too_many(limit: Limit, since: datetime, now: datetime) -> TooMany:
    wait = _seconds(since + limit.window - now)
    return TooMany(
        f"Too many attempts. Try again in {wait} seconds.",
        retry_after=wait,
        more_headers=Left(limit, 0, wait).headers(),
    )


def _seconds(wait: timedelta) -> int:
    return max(1, ceil(wait.total_seconds()))
