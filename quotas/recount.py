"""recount(): sets counters of quotas right against the rows that are counted and what is reserved, and reports drift."""

# Note [Recounting]
# Counters follow rows by a trigger, and reservations by the functions of `public`. What goes past both makes them drift: a
# restore of one table, a trigger that was disabled. So each night every counter that can be counted is: `used` of what rows
# are counted as, and `reserved`. What services consume is known from them alone. One quota is one transaction.

# Raw SQL: calls a function of `public` as the control role.

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import OperationalError, connection

from quotas.models import Quota
from tenants.models import Organization
from tenants.scope import use_platform

logger = logging.getLogger("workix.quotas")


@dataclass(frozen=True, slots=True)
class CounterDrift:
    """A counter that was wrong, and what it is now."""

    organization: str
    resource: str
    counter: str
    was: int
    counted: int


def recount(slug: str | None = None) -> list[CounterDrift]:
    """Count every quota again, or those of one organization, and log each drift. What stays locked is left for the next time.

    :raises Organization.DoesNotExist: when there is no organization of this slug.
    """
    with use_platform():
        there = Organization.objects.filter(deleted_at__isnull=True)
        slugs = dict((there.filter(pk=there.get(slug=slug).pk) if slug else there).values_list("id", "slug"))
        quotas = Quota.objects.filter(organization_id__in=slugs).values_list("organization_id", "resource")
        found = [drift for whose, name in list(quotas) for drift in _recount(whose, slugs[whose], name)]
    for drift in found:
        told = {"organization": drift.organization, "resource": drift.resource, "counter": drift.counter}
        logger.warning("quota.drifted", extra={**told, "was": drift.was, "counted": drift.counted})
    return found


def _recount(whose: UUID, slug: str, name: str) -> Iterator[CounterDrift]:
    with connection.cursor() as cursor:
        try:
            cursor.execute("SELECT * FROM public.recount_usage(%s, %s)", [whose, name])
        except OperationalError:  # it stays locked, or the server gave way
            logger.warning("quota.not_recounted", extra={"organization": slug, "resource": name})
            return
        for counter, was, counted in cursor.fetchall():
            yield CounterDrift(slug, name, counter, was, counted)
