"""Quota limits: what an organization is entitled to, and what is left of it."""

# Bulk write: an opening writes all its quotas at once.
# Raw SQL: calls functions of `public`; gives every organization the quotas it lacks in one statement.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from audit.recording import record_and_select
from quotas.models import Quota
from quotas.resources import get_resource
from tenants.models import Organization
from tenants.plans import Plan
from workix.core.apps import resources
from workix.core.errors import NotFound
from workix.core.resources import STOCK, Kind, Resource


@dataclass(frozen=True, slots=True)
class Balance:
    """One quota as it counts today."""

    resource: Resource
    limit: int
    #: How many units are allowed beyond the limit, and reported.
    burst: int
    used: int
    reserved: int
    period: Kind
    period_starts_on: date

    @property
    def remaining(self) -> int:
        """What is left up to the limit, without the burst."""
        return max(0, self.limit - self.used - self.reserved)

    @property
    def room(self) -> int:
        """How many units would still be given, the burst included: what take_from_quota() and count_rows() compare with."""
        return self.limit + self.burst - self.used - self.reserved

    @property
    def burst_used(self) -> int:
        """How many units are taken beyond the limit: more than `burst` where one of the two was lowered."""
        return max(0, self.used + self.reserved - self.limit)

    @property
    def over_limit(self) -> bool:
        return self.burst_used > 0

    @property
    def resets_at(self) -> datetime | None:
        """When the counter starts anew; None for what counts what is there."""
        if self.period is STOCK:
            return None
        year, month = divmod(self.period_starts_on.year * 12 + self.period_starts_on.month, 12)
        return datetime(year, month + 1, 1, tzinfo=UTC)


def balances() -> list[Balance]:
    """List every quota of the organization in scope, but for what no app declares any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM public.my_balances()")
        return _as_balances(cursor.fetchall())


def balance_of(resource: str) -> Balance:
    """Return one quota.

    :raises NotFound: when nothing of this name is counted.
    """
    return _of(resource, balances())


def balance_after(action: str, resource: str, changes: Mapping[str, Any]) -> Balance:
    """Tell the trail what moved a quota, and return what is left of it: one query, since a movement is not to cost more.

    :raises NotFound: when nothing of this name is counted.
    """
    query = "public.my_balances()"
    rows = record_and_select(query, action, resource_type="quota", resource_id=resource, changes=changes)
    return _of(resource, _as_balances(rows))


def _of(resource: str, found: list[Balance]) -> Balance:
    for balance in found:
        if balance.resource.name == resource:
            return balance
    raise NotFound


def _as_balances(rows: list[tuple[Any, ...]]) -> list[Balance]:
    declared = resources()
    return [as_balance(row) for row in rows if row[0] in declared]


def as_balance(row: tuple[Any, ...]) -> Balance:
    """Read a row of public.my_balances(), of a resource that is declared."""
    name, limit, burst, used, reserved, period, starts_on = row
    return Balance(resources()[name], limit, burst, used, reserved, Kind(period), starts_on)


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
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM public.my_past_usage(%s)", [get_resource(resource).name])
        return [PastPeriod(*row) for row in cursor.fetchall()]


def grant_defaults(sender: object, *, organization: Organization, **kwargs: Any) -> None:
    """Write the quotas of a new organization, inside its opening, before its first row is counted."""
    this_month = timezone.now().date().replace(day=1)
    Quota.objects.bulk_create(
        Quota(
            organization_id=organization.id,
            resource=name,
            limit=limit,
            burst=burst,
            period=get_resource(name).kind,
            period_starts_on=this_month,
        )
        for name, (limit, burst) in _limits_of(organization).items()
    )


def follow_entitlement(sender: object, *, organization: Organization, **kwargs: Any) -> None:
    """Set the limits and bursts of an organization's quotas to what it is entitled to now. What is used stays used."""
    for resource, (limit, burst) in _limits_of(organization).items():
        quota = Quota.objects.filter(organization_id=organization.id, resource=resource)
        other = quota.exclude(limit=limit).filter(override__isnull=True)
        other.update(warned_on=None, exceeded_on=None)  # another limit counts: see Note [Warnings]
        quota.exclude(limit=limit, burst=burst).update(limit=limit, burst=burst)


_GRANT_MISSING = """
    INSERT INTO quotas (id, created_at, updated_at, organization_id, resource, "limit", used, reserved, period,
                        period_starts_on)
    SELECT gen_random_uuid(), now(), now(), o.id, r.name,
           CASE r.name WHEN 'users' THEN o.max_users WHEN 'pipelines' THEN o.max_pipelines
                       WHEN 'executions' THEN o.max_executions_per_month ELSE r."limit" END,
           0, 0, r.period, date_trunc('month', now() AT TIME ZONE 'UTC')
      FROM organizations AS o
      JOIN unnest(%s::text[], %s::text[], %s::text[], %s::integer[]) AS r (name, period, plan, "limit") USING (plan)
     WHERE o.deleted_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM quotas AS q WHERE q.organization_id = o.id AND q.resource = r.name)
    ON CONFLICT DO NOTHING"""
_FOLLOW_BURSTS = """
    UPDATE quotas AS q SET burst = q."limit"::bigint * r.burst / 100
      FROM organizations AS o JOIN unnest(%s::text[], %s::text[], %s::integer[]) AS r (name, plan, burst) USING (plan)
     WHERE q.organization_id = o.id AND q.resource = r.name AND q.burst <> q."limit"::bigint * r.burst / 100"""


def grant_missing(sender: object, **kwargs: Any) -> None:
    """Write, for every organization at once, a quota for each resource that an app declares since it was opened.

    And the bursts that apps declare by now: they are of the plan alone, no organization has agreed on its own.
    """
    granted = [
        (resource.name, resource.kind.value, plan, resource.limit_on(plan), resource.burst_on(plan))
        for resource in resources().values()
        for plan in Plan.values
    ]
    names, kinds, plans, limits, bursts = map(list, zip(*granted, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_GRANT_MISSING, [names, kinds, plans, limits])
        cursor.execute(_FOLLOW_BURSTS, [names, plans, bursts])


def _limits_of(organization: Organization) -> dict[str, tuple[int, int]]:
    """Map each resource to the organization's limit and burst: its own limit where it has one, else what its plan grants."""
    own, plan = organization.limits(), organization.plan
    limits = {name: own.get(name, resource.limit_on(plan)) for name, resource in resources().items()}
    return {name: (limit, limit * resources()[name].burst_on(plan) // 100) for name, limit in limits.items()}
