"""Usage of quotas over all organizations in one month, by share of the limit: for operators, as rows and as CSV (RFC 4180)."""

# Raw SQL: three tables in one statement, sorted by what is worked out from them, as the control role.

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from audit.exports.writing import defused
from tenants.scope import use_platform
from workix.core.apps import resources
from workix.core.errors import Invalid

COLUMNS = ("period", "slug", "name", "plan", "resource", "used", "limit", "share")

# What counts what is there has no months: it is told of the current one. A monthly counter tells the month it was last moved
# in, and stands at nothing in the current one until it is moved.
# Its limit is the one in force. The share of a limit of nothing is that of a limit of one.
_USAGE = """
    SELECT o.id, o.slug, o.name, o.plan, u.resource, u.used, u."limit", u.used::float8 / greatest(u."limit", 1) AS share
      FROM (SELECT organization_id, resource,
                   public.limit_in_force("limit", override, override_until, now()) AS "limit",
                   CASE WHEN period = 'none' OR period_starts_on = %(month)s THEN used ELSE 0 END AS used
              FROM quotas WHERE period_starts_on = %(month)s AND period = 'month' OR %(is_current)s
             UNION ALL
            SELECT organization_id, resource, "limit", used FROM past_usage WHERE period_starts_on = %(month)s) AS u
      JOIN organizations AS o ON o.id = u.organization_id AND o.deleted_at IS NULL
     WHERE u.resource = ANY(%(declared)s)
     ORDER BY share DESC, used DESC, o.slug, u.resource
     LIMIT %(most)s OFFSET %(skipped)s"""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one organization used of one resource in a month, and its limit of then. `share` is 1 at the limit."""

    organization_id: UUID
    slug: str
    name: str
    plan: str
    resource: str
    used: int
    limit: int
    share: float

    @property
    def percentage(self) -> int:
        """The share in percent, rounded down: 100 says that the limit was reached."""
        return self.used * 100 // max(self.limit, 1)


def month_named(text: str, *, today: date) -> date:
    """Read "2026-11", or nothing for today's month, into the first day of it.

    :raises Invalid: when it is no month, or one to come.
    """
    if not text:
        return today.replace(day=1)
    if not re.fullmatch(r"[12][0-9]{3}-(0[1-9]|1[0-2])", text) or (month := date.fromisoformat(f"{text}-01")) > today:
        raise Invalid("Name a month up to this one, as in 2026-11.", field="period")
    return month


def usage_of_all(month: date, *, today: date, most: int | None = None, skipped: int = 0) -> list[Usage]:
    """List what each organization used of each resource in a month, whoever is nearest to a limit first: one statement.

    Rows before the month a resource was first used in are not there, nor those of an organization that was removed.
    """
    asked: dict[str, Any] = {"month": month, "is_current": month == today.replace(day=1), "declared": list(resources())}
    with use_platform(), connection.cursor() as cursor:
        cursor.execute(_USAGE, asked | {"most": most, "skipped": skipped})
        return [Usage(*row) for row in cursor.fetchall()]


def as_csv(month: date, found: Iterable[Usage]) -> str:
    """Write a line for each, with a head. What a spreadsheet would run as a formula is defused."""
    written = io.StringIO(newline="")
    lines = csv.writer(written, quoting=csv.QUOTE_ALL)
    lines.writerow(COLUMNS)
    for each in found:
        numbers = (each.used, each.limit, f"{each.share:.4f}")
        names = map(defused, (each.slug, each.name, each.plan, each.resource))
        lines.writerow((f"{month:%Y-%m}", *names, *numbers))
    return written.getvalue()
