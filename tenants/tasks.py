"""Background work of this floor, done for the platform and not for one organization."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from tenants.lifecycle import remove_due


@app.periodic(cron="17 * * * *")
@app.task(name="tenants.remove_due_organizations", queue="platform")
def remove_due_organizations(timestamp: int) -> None:
    """Remove what is due, every hour."""
    remove_due(now=timezone.now())
