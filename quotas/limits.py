"""Quota limits: what an organization is entitled to, and what is left of it."""

# Bulk write: an opening writes all its quotas at once.
# Raw SQL: calls functions of `public`.

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from quotas.models import Quota
from quotas.resources import Period, Resource
from tenants.models import Organization
from workix.core.errors import NotFound

FIRST_ADMIN = 1


@dataclass(frozen=True, slots=True)
class Balance:
    """One quota as it counts today."""

    resource: Resource
    limit: int
    used: int
    reserved: int
    period: Period
    period_starts_on: date

    @property
    def remaining(self) -> int:
        return max(0, self.limit - self.used - self.reserved)

    @property
    def resets_at(self) -> datetime | None:
        """When the counter starts anew; None for what counts what is there."""
        if self.period is Period.NONE:
            return None
        year, month = divmod(self.period_starts_on.year * 12 + self.period_starts_on.month, 12)
        return datetime(year, month + 1, 1, tzinfo=UTC)


def balances() -> list[Balance]:
    """List every quota of the organization in scope."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM public.my_quotas()")
        return [
            Balance(Resource(resource), limit, used, reserved, Period(period), starts_on)
            for resource, limit, used, reserved, period, starts_on in cursor.fetchall()
        ]


def balance_of(resource: str) -> Balance:
    """Return one quota.

    :raises NotFound: when nothing of this name is counted.
    """
    for balance in balances():
        if balance.resource == resource:
            return balance
    raise NotFound


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """What was used in a period that is over."""

    period_starts_on: date
    limit: int
    used: int


def past_periods(resource: str) -> list[PastPeriod]:
    """List the periods of one quota that are over, newest first.

    :raises NotFound: when nothing of this name is counted.
    """
    if resource not in Resource.values:
        raise NotFound
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM public.my_past_usage(%s)", [resource])
        return [PastPeriod(*row) for row in cursor.fetchall()]


def grant_defaults(sender: object, *, organization: Organization, **kwargs: Any) -> None:
    """Write the quotas of a new organization, inside its opening. Its first admin has a seat already."""
    today = timezone.now().date()
    Quota.objects.bulk_create(
        Quota(
            organization_id=organization.id,
            resource=resource,
            limit=limit,
            used=FIRST_ADMIN if resource == Resource.USERS else 0,
            period=Resource(resource).period,
            period_starts_on=today.replace(day=1),
        )
        for resource, limit in organization.limits().items()
    )


def follow_entitlement(sender: object, *, organization: Organization, **kwargs: Any) -> None:
    """Set the limits of an organization's quotas to what it is entitled to now. What is used stays used."""
    for resource, limit in organization.limits().items():
        Quota.objects.filter(organization_id=organization.id, resource=resource).update(limit=limit)
