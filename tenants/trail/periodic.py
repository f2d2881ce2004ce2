"""The periodic job (cron) that signs checkpoints: every minute, over each trail that has something new."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from tenants.signals import trail_sequenced
from tenants.trail.publishing import publish
from tenants.trail.sequencing import sequence_waiting, sequencer


@app.periodic(cron="* * * * *")
@app.task(name="tenants.sign_checkpoints", queue="platform", lock="tenants.sign_checkpoints")
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
