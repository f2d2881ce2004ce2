"""Ends a sandbox at once, and removes those whose time is over, without trace."""

# Bulk write: one conditional UPDATE decides whether there is anything to end.

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tenants.isolation.owner import acting_as_owner
from tenants.isolation.removal import remove_organization
from tenants.models import Organization
from tenants.resolution import forget_all
from workix.core.errors import NotFound

logger = logging.getLogger("workix.tenants")

#: How many one run removes: the next one is a minute later.
MOST_AT_ONCE = 20


class SandboxesLeft(RuntimeError):
    """Sandboxes are over and could not be removed; the log says why."""


def is_sandbox(organization: object) -> bool:
    """Say whether this is one. See Note [Sandboxes] in tenants/sandboxes/opening.py."""
    return isinstance(organization, Organization) and organization.is_sandbox


def end_sandbox(organization_id: UUID, *, now: datetime) -> None:
    """Let nobody in from the next call on, and have it removed when the next run removes what is over.

    :raises NotFound: when it is no sandbox, or is over.
    """
    with acting_as_owner():
        found = sandboxes().filter(id=organization_id, deleted_at__isnull=True)
        ended = found.update(deleted_at=now, sandbox_expires_at=now)
    forget_all()
    if not ended:
        raise NotFound


def remove_expired(*, now: datetime) -> int:
    """Remove those that are over, MOST_AT_ONCE at most, the oldest first. Return how many.

    :raises SandboxesLeft: when some could not be removed; the others are.
    """
    with acting_as_owner():
        over = sandboxes().filter(sandbox_expires_at__lte=now).order_by("sandbox_expires_at", "id")
        found = list(over[:MOST_AT_ONCE])
    removed = sum(_removes(organization) for organization in found)
    if found:
        forget_all()
    if removed < len(found):
        raise SandboxesLeft(f"{len(found) - removed} of {len(found)} sandboxes that are over could not be removed.")
    return removed


def sandboxes() -> QuerySet[Organization]:
    """List them, also those that are over and not removed yet."""
    return Organization.objects.filter(sandbox_expires_at__isnull=False)


def _removes(organization: Organization) -> bool:
    try:
        remove_organization(organization, is_recorded=False)
    except Exception:  # one that can't be removed must not keep the others
        logger.exception("sandbox.not_removed", extra={"organization": str(organization.id)})
        return False
    return True
