"""Overrides of limits: an operator lets an organization use more or less than its plan grants, until a day, with a reason."""

# Note [Overrides]
# An override counts instead of what the organization is entitled to, whatever its plan is meanwhile. When its time is over the
# plan's limit counts again: the statement that decides on a quota asks for the time (limit_in_force()), so no job has to end it.
# A limit below what is taken refuses more, and takes nothing away: whoever lowers it is told so. See
# docs/decisions/0049-overrides-and-warnings.md.

from __future__ import annotations

from datetime import datetime, timedelta

from audit.recording import record
from quotas.models import Quota
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
    slug: str, name: str, limit: int, *, until: datetime | None = None, reason: str, now: datetime
) -> Organization:
    """Let `limit` units of a resource count for an organization instead of what its plan grants, `until` then or for good.

    :raises NoReason: when nobody says why.
    :raises NoSuchOrganization: when there is none.
    :raises NotCounted: when nothing of this name is counted.
    :raises Invalid: when the limit is none that is counted to, or the end is over or too far away.
    """
    if not 0 <= limit <= LARGEST_INTEGER:
        raise Invalid(f"The limit is a number from 0 to {LARGEST_INTEGER:,}.", field="override")
    if until is not None and not now < until <= now + LONGEST:
        raise Invalid("An override ends in the future, within ten years; or leave its end out.", field="override_until")
    return _change(slug, name, limit, until, reason=reason, now=now)


def cancel_override(slug: str, name: str, *, reason: str, now: datetime) -> Organization:
    """Let what an organization is entitled to count again at once. Where nothing was overridden, nothing changes.

    :raises NoReason: when nobody says why.
    :raises NoSuchOrganization: when there is none.
    :raises NotCounted: when nothing of this name is counted.
    """
    return _change(slug, name, None, None, reason=reason, now=now)


def over_the_limit(organization: Organization, *, now: datetime) -> dict[str, str]:
    """Say of each resource of which more is taken than its limit in force what that means."""
    with use_platform():
        quotas = list(Quota.objects.filter(organization_id=organization.id))
    this_month = now.date().replace(day=1)
    return {
        quota.resource: f"It has {quota.used + quota.reserved} {quota.resource}: nothing is taken away, and there is nothing more"
        f" until it has less than {quota.limit_at(now)}."
        for quota in quotas
        if quota.used + quota.reserved > quota.limit_at(now)
        and (quota.period == STOCK or quota.period_starts_on >= this_month)
    }


def _change(
    slug: str, name: str, limit: int | None, until: datetime | None, *, reason: str, now: datetime
) -> Organization:
    with acting_on(slug, reason) as organization:
        quota = _locked(organization, name)
        before = {"limit": quota.limit_at(now), "until": _end_of(quota, now=now)}
        quota.override, quota.override_until = limit, until
        after = {"limit": quota.limit_at(now), "until": _end_of(quota, now=now)}
        if before["limit"] != after["limit"]:
            quota.warned_on = None  # another limit: see Note [Warnings]
        quota.save(update_fields=["override", "override_until", "warned_on", "updated_at"])
        changes = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
        if changes:
            record("quota.limit_changed", resource_type="quota", resource_id=name, changes=changes)
    return organization


def _end_of(quota: Quota, *, now: datetime) -> str | None:
    until = quota.override_until
    return until.isoformat() if until is not None and until > now else None


def _locked(organization: Organization, name: str) -> Quota:
    """Find a quota, and keep it from moving meanwhile."""
    try:
        resource = get_resource(name)
        return Quota.objects.select_for_update().get(organization_id=organization.id, resource=resource.name)
    except (NotFound, Quota.DoesNotExist):
        raise NotCounted(f"Nothing called {name} is counted.") from None
