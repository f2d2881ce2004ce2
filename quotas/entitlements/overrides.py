"""Overrides of limits: an operator lets an organization use more or less than its plan grants, until a day, with a reason."""

# Note [Overrides]
# An override counts instead of what the organization is entitled to, whatever its plan is meanwhile. When its time is over the
# plan's limit counts again: the statement that decides on a quota asks for the time (limit_in_force()), so no job has to end it.
# It has a burst of its own, none unless one is named (Note [Bursts] in quotas/entitlements/warnings.py).
# A limit below what is taken refuses more, and takes nothing away: whoever lowers it is told so. See
# docs/decisions/0049-overrides-and-warnings.md.

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet

from audit.recording import record
from quotas.models import Quota, hard_limit_in_force, limit_in_force
from quotas.resources import get_resource
from tenants.lifecycle import acting_on
from tenants.models import Organization
from tenants.scope import use_platform
from workix.core.errors import Invalid, NotFound
from workix.core.resources import LARGEST_INTEGER, STOCK

#: The latest end of an override. One that has none counts until it is cancelled.
LONGEST = timedelta(days=10 * 366)


class NotCounted(NotFound):
    """Nothing of this name is counted."""


def override_limit(
    slug: str, name: str, limit: int, *, burst: int = 0, until: datetime | None = None, reason: str, now: datetime
) -> Organization:
    """Let `limit` units of a resource count for an organization instead of what its plan grants, `until` then or for good.

    Up to `burst` units more are allowed, and reported. See Note [Bursts].

    :raises NoReason: when nobody says why.
    :raises NoSuchOrganization: when there is none.
    :raises NotCounted: when nothing of this name is counted.
    :raises Invalid: when the limit or the burst is none that is counted to, or the end is over or too far away.
    """
    if not 0 <= limit <= LARGEST_INTEGER:
        raise Invalid(f"The limit is a number from 0 to {LARGEST_INTEGER:,}.", field="override")
    if not 0 <= burst <= LARGEST_INTEGER:
        raise Invalid(f"The burst is a number from 0 to {LARGEST_INTEGER:,}.", field="override_burst")
    if until is not None and not now < until <= now + LONGEST:
        raise Invalid("An override ends in the future, within ten years; or leave its end out.", field="override_until")
    return _change(slug, name, (limit, burst, until), reason=reason, now=now)


def cancel_override(slug: str, name: str, *, reason: str, now: datetime) -> Organization:
    """Let what an organization is entitled to count again at once. Where nothing was overridden, nothing changes.

    :raises NoReason: when nobody says why.
    :raises NoSuchOrganization: when there is none.
    :raises NotCounted: when nothing of this name is counted.
    """
    return _change(slug, name, (None, 0, None), reason=reason, now=now)


def over_the_limit(organization: Organization, *, now: datetime) -> dict[str, str]:
    """Say of each resource of which more is taken than its limit and burst in force what that means."""
    with use_platform():
        over = list(_at(now).filter(organization_id=organization.id, taken__gt=F("hard_limit")))
    this_month = now.date().replace(day=1)
    return {
        quota.resource: f"It has {quota.used + quota.reserved} {quota.resource}: nothing is taken away, and there is nothing more"
        f" until it has less than {quota.hard_limit}."
        for quota in over
        if quota.period == STOCK or quota.period_starts_on >= this_month
    }


def _change(
    slug: str, name: str, override: tuple[int | None, int, datetime | None], *, reason: str, now: datetime
) -> Organization:
    with acting_on(slug, reason) as organization:
        quota = _locked(organization, name)
        before = _in_force(quota, now=now)
        quota.override, quota.override_burst, quota.override_until = override
        quota.save(update_fields=["override", "override_burst", "override_until", "updated_at"])
        after = _in_force(quota, now=now)
        if before["limit"] != after["limit"]:
            quota.warned_on = quota.exceeded_on = None  # another limit: see Note [Warnings]
            quota.save(update_fields=["warned_on", "exceeded_on"])
        changes = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
        if changes:
            record("quota.limit_changed", resource_type="quota", resource_id=name, changes=changes)
    return organization


def _in_force(quota: Quota, *, now: datetime) -> dict[str, int | str | None]:
    """Have the database say what counts, and until when."""
    limit, hard_limit = _at(now).values_list("limit_now", "hard_limit").get(pk=quota.pk)
    until = quota.override_until
    end = until.isoformat() if until is not None and until > now else None
    return {"limit": limit, "burst": hard_limit - limit, "until": end}


def _at(now: datetime) -> QuerySet[Any]:
    taken, hard_limit = F("used") + F("reserved"), hard_limit_in_force(now)
    return Quota.objects.annotate(taken=taken, limit_now=limit_in_force(now), hard_limit=hard_limit)


def _locked(organization: Organization, name: str) -> Quota:
    """Find a quota, and keep it from moving meanwhile."""
    try:
        resource = get_resource(name)
        return Quota.objects.select_for_update().get(organization_id=organization.id, resource=resource.name)
    except (NotFound, Quota.DoesNotExist):
        raise NotCounted(f"Nothing called {name} is counted.") from None
