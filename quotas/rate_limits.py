"""Rate limits (throttling), exact under concurrency: how often something may be tried, by address or client."""

# Raw SQL: counts in one statement, as the control role.

# Note [Counting attempts]
# An attempt is counted before it is made, by one conditional upsert: of any number that come at once, no more than the
# limit get through, and the others change nothing. The counter is in `public`, so it is counted as the control role,
# in a transaction of its own: what is refused afterwards stays counted.

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.db import connection

from tenants.scope import use_platform
from workix.config.keyed_hash import keyed_hash
from workix.core.errors import TooMany


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` attempts in `window`, counted from the first one. `name` keeps counters apart."""

    name: str
    most: int
    window: timedelta


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
    INSERT INTO attempts AS a (key, count, since) VALUES (%(key)s, 1, %(now)s)
    ON CONFLICT (key) DO UPDATE
       SET count = CASE WHEN a.since <= %(expired)s THEN 1 ELSE a.count + 1 END,
           since = CASE WHEN a.since <= %(expired)s THEN %(now)s ELSE a.since END
     WHERE a.since <= %(expired)s OR a.count < %(most)s
    RETURNING count, since"""


def count_attempt(limit: Limit, whose: str, *, now: datetime) -> Left:
    """Count one attempt. See Note [Counting attempts].

    :raises TooMany: when `most` were made already in the window; says when to come again.
    """
    values: dict[str, Any] = {"key": _key(limit, whose), "now": now, "expired": now - limit.window, "most": limit.most}
    with use_platform(), connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        row = cursor.fetchone()
        if row is None:
            cursor.execute("SELECT since FROM attempts WHERE key = %s", [values["key"]])
            since = cursor.fetchone()
            raise _too_many(limit, since[0] if since else now, now)
    return Left(limit, limit.most - row[0], _seconds(row[1] + limit.window - now))


def forget_attempts(limit: Limit, whose: str) -> None:
    """Start counting anew: whoever it was got it right."""
    with use_platform(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM attempts WHERE key = %s", [_key(limit, whose)])


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
