"""Usage by month: what the organization in scope used of each quota in the last twelve months, against its limit."""

# Raw SQL: calls a function of `public`.

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection

from workix.core.apps import resources
from workix.core.resources import MONTHLY, Resource

#: How many months are looked back at, this one among them.
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """What was used in one calendar month (UTC), and the limit of then."""

    starts_on: date
    used: int
    limit: int

    def __str__(self) -> str:
        """Return what people read: "900 of 1,000 in October 2026"."""
        return f"{self.used:,} of {self.limit:,} in {self.starts_on:%B %Y}"

    @property
    def is_full(self) -> bool:
        return self.used > 0 and self.used >= self.limit

    @property
    def is_over(self) -> bool:
        """Whether more was used than the limit: of a burst, or before the limit was lowered."""
        return self.used > self.limit

    @property
    def percentage(self) -> int | None:
        """How much of the limit was used, rounded down: 100 says that it was reached. None of a limit of nothing."""
        return self.used * 100 // self.limit if self.limit else None


def usage_by_month(*, today: date) -> list[tuple[Resource, list[Month]]]:
    """List each resource that counts by the month with its months, oldest first, the last one being today's: one statement.

    They begin with the first that anything is known of. One in which nobody used anything has no row in the database: it
    counts as nothing used, with the limit of the month before.
    """
    this_month = today.replace(day=1)
    known: dict[str, dict[date, Month]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM public.my_usage_since(%s)", [months_before(this_month, MONTHS - 1)])
        for name, *month in cursor.fetchall():
            known[name][month[0]] = Month(*month)
    counted = (each for each in resources().values() if each.kind is MONTHLY and each.name in known)
    return [(resource, _without_gaps(known[resource.name], this_month)) for resource in counted]


def months_before(month: date, number: int) -> date:
    """Return the first day of the month that is `number` months earlier."""
    year, zero_based = divmod(month.year * 12 + month.month - 1 - number, 12)
    return date(year, zero_based + 1, 1)


def _without_gaps(known: dict[date, Month], this_month: date) -> list[Month]:
    found: list[Month] = []
    for number in range(MONTHS - 1, -1, -1):
        starts_on = months_before(this_month, number)
        if starts_on in known:
            found.append(known[starts_on])
        elif found:
            found.append(Month(starts_on, 0, found[-1].limit))
    return found
