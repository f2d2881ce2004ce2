"""Periodic job (cron): sends new checkpoints to WORKIX_CHECKPOINT_WEBHOOK, every minute, where that is set."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from tenants.jobs.retries import PERIODIC_RETRY
from tenants.trail.sequencing import sequencer
from webhooks.checkpoints.publishing import publish_waiting


@app.periodic(cron="* * * * *")
@app.task(
    name="webhooks.publish_checkpoints", queue="webhooks", retry=PERIODIC_RETRY, lock="webhooks.publish_checkpoints"
)
def publish_checkpoints(timestamp: int) -> None:
    """Send what waits. See Note [Published to the operator]."""
    if settings.WORKIX.checkpoint_webhook:
        with sequencer() as connection:
            publish_waiting(connection, settings.WORKIX, now=timezone.now())
