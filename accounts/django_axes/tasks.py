"""Periodic job (cron): sweeps failed log-ins that operators were shown for long enough."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from accounts.django_axes.handler import sweep


@app.periodic(cron="29 * * * *")
@app.task(name="accounts.sweep_failed_log_ins", queue="platform")
def sweep_failed_log_ins(timestamp: int) -> None:
    """Delete them, every hour."""
    sweep(now=timezone.now())
