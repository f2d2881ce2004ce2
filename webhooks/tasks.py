"""Background jobs of webhooks: delivering, and encrypting secrets anew once there is a newer key."""

# Raw SQL: asks organizations whose trail grew for their endpoints, as the sequencer, by the names of their schemas.

# Note [Who is woken]
# The sequencer has just been in the schemas of those whose trail grew, over one connection. There it asks, too, who follows the
# trail: nobody else is looked at, however many organizations or endpoints there are. Whoever added, enabled or replayed an
# endpoint queues its job in the transaction that does it; and a job that does not get done queues the one that goes on.

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import psycopg
from django.utils import timezone
from psycopg import sql

from tenants.jobs.periodic_tenant_task import periodic_tenant_task
from tenants.jobs.tenant_task import tenant_task
from tenants.slugs import schema_of
from webhooks import endpoint_secrets
from webhooks.checkpoints.tasks import publish_checkpoints
from webhooks.delivery import deliver_waiting
from webhooks.notices import send_webhook_paused
from workix.core.current import Current

__all__ = ["publish_checkpoints", "send_webhook_paused"]  # jobs of other files, which are looked for here

_FOLLOWERS = sql.SQL("SELECT id FROM {}.webhook_endpoints WHERE is_enabled AND paused_at IS NULL ORDER BY id")


@tenant_task("webhooks.deliver", queue="webhooks")
def deliver(endpoint_id: str) -> None:
    """Deliver what waits for an endpoint. See Note [At least once, in order]."""
    again_at = deliver_waiting(UUID(endpoint_id), now=timezone.now())
    if again_at is not None:
        deliver.enqueue_at(again_at, organization_id=Current.organization.id, endpoint_id=endpoint_id)


@periodic_tenant_task("webhooks.renew_secrets", cron="45 0 * * *")
def renew_secrets() -> None:
    """Write, every night at a quarter to one (UTC), what is not under the newest of WORKIX_ENCRYPTION_KEYS."""
    endpoint_secrets.renew(now=timezone.now())


def wake_followers(
    sender: object, *, connection: psycopg.Connection, organization_ids: Iterable[UUID], **kwargs: Any
) -> None:
    """Queue a job for each endpoint of these organizations. See Note [Who is woken]."""
    for organization_id in organization_ids:
        try:
            schema = sql.Identifier(schema_of(organization_id))
            followers = connection.execute(_FOLLOWERS.format(schema)).fetchall()
        except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege):
            continue  # the roll-out of this release has not come to it
        for (endpoint_id,) in followers:
            deliver.enqueue_at(None, organization_id=organization_id, endpoint_id=str(endpoint_id))
