"""Heavy hitters: the organizations with most requests, database time, jobs, storage or refusals in the last hour or day."""

# Raw SQL: sums over several tables in one statement, sorted by any of them, as the control role.

# Note [Parts of an hour]
# Rows are of hours by the clock, and the last hour begins inside one of them: of that one such a part counts as lies in it.
# So a sum slides and never jumps at the full hour; it is exact where use was even.

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import Error, connection

from quotas.heavy_use.counter import OTHER
from tenants.scope import use_platform
from workix.observability.readings import ORGANIZATION_REQUESTS, Sample

#: What organizations are sorted by -> what people read.
MEASURES = {
    "requests": "Requests",
    "database": "Database time",
    "jobs": "Jobs",
    "storage": "Storage",
    "refusals": "Refusals",
}
PERIODS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
#: So many are told one by one, on a page and as series; the rest is one sum.
MOST = 20

# See Note [Parts of an hour]. Where nobody tells the time, it is that of the server, as in the rows.
_HOURS = """(
    SELECT h.*, least(1, extract(epoch FROM hour + interval '1 hour' - since) / 3600) AS part
      FROM heavy_use AS h, (SELECT coalesce(%(now)s::timestamptz, now()) - %(span)s::interval AS since) AS period
     WHERE hour > since - interval '1 hour') AS hours"""
_HEAVIEST = f"""
    SELECT o.id, o.slug, o.name, o.plan, requests, database, jobs, waiting, storage, refused, throttled, failed,
           measured, max(measured) OVER (), total
      FROM (SELECT *, {{measure}} AS measured, sum({{measure}}) OVER ()::bigint AS total
              FROM (SELECT organization_id, sum(requests)::bigint AS requests, sum(database)::bigint AS database,
                           sum(jobs)::bigint AS jobs, sum(waiting)::bigint AS waiting, sum(storage)::bigint AS storage,
                           sum(refused)::bigint AS refused, sum(throttled)::bigint AS throttled, sum(failed)::bigint AS failed
                      FROM (SELECT organization_id, round(requests * part) AS requests,
                                   round(database_microseconds * part / 1000) AS database, round(jobs * part) AS jobs,
                                   0 AS waiting, 0 AS storage, round(refused * part) AS refused,
                                   round(throttled * part) AS throttled, round(failed * part) AS failed
                              FROM {_HOURS}
                             UNION ALL
                            (SELECT DISTINCT ON (organization_id) organization_id, 0, 0, 0, 0, storage_bytes, 0, 0, 0
                               FROM heavy_use WHERE storage_bytes IS NOT NULL ORDER BY organization_id, hour DESC)
                             UNION ALL
                            SELECT w.id, 0, 0, 0, count(*), 0, 0, 0, 0
                              FROM procrastinate_jobs JOIN organizations AS w ON w.id::text = args ->> 'organization_id'
                             WHERE procrastinate_jobs.status IN ('todo', 'doing') GROUP BY w.id) AS each
                     GROUP BY organization_id) AS summed) AS used
      JOIN organizations AS o ON o.id = used.organization_id AND o.deleted_at IS NULL
     WHERE measured > 0
     ORDER BY measured DESC, o.slug
     LIMIT %(most)s"""  # noqa: S608  # of constants
_MEASURED = {name: name for name in MEASURES} | {"refusals": "(refused + throttled + failed)"}
_REQUESTS = f"""
    SELECT organization_id, round(sum(requests * part))::bigint AS asked, sum(round(sum(requests * part))) OVER ()::bigint
      FROM {_HOURS} GROUP BY organization_id
     ORDER BY organization_id = %(other)s, asked DESC, organization_id LIMIT %(most)s"""  # noqa: S608  # of constants


@dataclass(frozen=True, slots=True)
class Heavy:
    """What one organization asked. `database` is in milliseconds, `storage` in bytes; `waiting` are jobs that wait now.

    `measured` is what it is sorted by, `most` that of the first, `total` that of all organizations together.
    """

    id: UUID
    slug: str
    name: str
    plan: str
    requests: int
    database: int
    jobs: int
    waiting: int
    storage: int
    refused: int
    throttled: int
    failed: int
    measured: int
    most: int
    total: int

    @property
    def refusals(self) -> int:
        return self.refused + self.throttled + self.failed

    @property
    def percentage(self) -> int:
        """The share of all organizations together, in percent, rounded down."""
        return self.measured * 100 // self.total

    @property
    def width(self) -> int:
        """How long its bar is, where that of the first is 100. A little is to be seen, too."""
        return max(1, self.measured * 100 // self.most)


def heaviest(by: str, period: str, *, now: datetime) -> list[Heavy]:
    """List those that ask most, in one statement. See Note [Parts of an hour]. `by` is of MEASURES, `period` of PERIODS.

    Storage is what it was when it was last measured, at night.
    """
    asked: dict[str, Any] = {"now": now, "span": PERIODS[period], "most": MOST}
    with use_platform(), connection.cursor() as cursor:
        cursor.execute(_HEAVIEST.format(measure=_MEASURED[by]), asked)
        return [Heavy(*row) for row in cursor.fetchall()]


def read_requests(sender: object, **kwargs: Any) -> list[Sample]:
    """Tell the metrics who asked most in the last hour, and what all others did together: never more than MOST + 1 series."""
    asked: dict[str, Any] = {"now": None, "span": PERIODS["hour"], "most": MOST, "other": OTHER}
    try:
        with use_platform(), connection.cursor() as cursor:
            cursor.execute(_REQUESTS, asked)
            found = cursor.fetchall()
    except Error:
        return []  # workix_database_up says so
    named = [(whose, requests) for whose, requests, _ in found if whose != OTHER]
    others = (found[0][2] if found else 0) - sum(requests for _, requests in named)
    return [
        *(ORGANIZATION_REQUESTS.at(requests, str(whose)) for whose, requests in named),
        ORGANIZATION_REQUESTS.at(others, "other"),
    ]
