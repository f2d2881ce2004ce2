"""Periodic jobs (cron) on trails: checkpoints, every minute where there is something new; retention, every night."""

from __future__ import annotations

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from tenants.jobs.retries import PERIODIC_RETRY
from tenants.schema.rollout import organizations
from tenants.signals import trail_sequenced
from tenants.trail.publishing import publish
from tenants.trail.retention import prune
from tenants.trail.sequencing import sequence_waiting, sequencer

logger = logging.getLogger("workix.trail")


@app.periodic(cron="* * * * *")
@app.task(name="tenants.sign_checkpoints", queue="platform", retry=PERIODIC_RETRY, lock="tenants.sign_checkpoints")
def sign_checkpoints(timestamp: int) -> None:
    """Sequence what arrived. See Note [The sequencer]."""
    with sequencer() as connection:
        grown = set()
        for batch in sequence_waiting(connection):
            publish(batch, now=timezone.now())
            if batch.note:
                grown.add(batch.organization_id)
        if grown:  # a fault of a receiver is logged, and stops no other
            trail_sequenced.send_robust(sign_checkpoints, connection=connection, organization_ids=sorted(grown))


@app.periodic(cron="20 3 * * *")
@app.task(name="tenants.prune_trails", queue="platform", retry=PERIODIC_RETRY, lock="tenants.prune_trails")
def prune_trails(timestamp: int) -> None:
    """Prune each trail by its organization's retention, every night at twenty past three (UTC). See Note [What is pruned]."""
    for organization in organizations():
        try:
            prune(organization, now=timezone.now())
        except Exception:  # one that can't be pruned must not keep the others
            logger.exception("trail.not_pruned", extra={"organization": str(organization.id)})
