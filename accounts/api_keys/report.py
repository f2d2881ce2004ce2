"""Report of an organization's API keys, for an operator: which expire soon, and which nobody uses (break-glass access)."""

# See Note [Looking in] in accounts/break_glass.py.

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from accounts.api_keys.keys import keys
from accounts.models import ApiKey
from audit.recording import record
from tenants.lifecycle import get_organization
from tenants.scope import use_tenant
from workix.core.current import Current, check_reason


def keys_inside(
    slug: str, *, reason: str, now: datetime, expiring_within: timedelta | None, unused_for: timedelta | None
) -> list[ApiKey]:
    """Read an organization's keys, with an entry in its trail that says so; those that are asked for, or all.

    `expiring_within` takes those that are over, too, and `unused_for` those that were never used and are older than that.

    :raises NoReason: when nobody says why.
    :raises NoSuchOrganization: when there is none.
    """
    reason, organization = check_reason(reason), get_organization(slug)
    asked = Q()
    if expiring_within is not None:
        asked &= Q(expires_at__lte=now + expiring_within)
    if unused_for is not None:
        unused = now - unused_for
        asked &= Q(last_used_at__lte=unused) | Q(last_used_at__isnull=True, created_at__lte=unused)
    scope = Current.scoped(organization=organization, reason=reason)
    with use_tenant(organization), scope, transaction.atomic():
        read = {"read": ["api_keys"]}
        record("organization.inspected", resource_type="organization", resource_id=organization.id, changes=read)
        return list(keys().filter(asked))
