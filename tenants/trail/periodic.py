"""The periodic job (cron) that signs checkpoints: every minute, over each trail that has something new."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from tenants.trail.publishing import publish
from tenants.trail.sequencing import sequence_waiting, sequencer


@app.periodic(cron="* * * * *")
@app.task(name="tenants.sign_checkpoints", queue="platform", lock="tenants.sign_checkpoints")
def sign_checkpoints(timestamp: int) -> None:
    """Sequence what arrived. See Note [The sequencer]."""
    with sequencer() as connection:
        for batch in sequence_waiting(connection):
            publish(batch, now=timezone.now())
