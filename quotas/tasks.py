"""Periodic job (cron) of the quotas app: sweeps counters of rate limits that ended."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from quotas.rate_limits import sweep


@app.periodic(cron="23 * * * *")
@app.task(name="quotas.sweep_attempts", queue="platform")
def sweep_attempts(timestamp: int) -> None:
    """Delete what ended, every hour: whoever tries many addresses leaves a counter for each."""
    sweep(now=timezone.now())
