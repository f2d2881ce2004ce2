"""Background work of this floor, done for the platform and not for one organization."""

from __future__ import annotations

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from tenants.isolation.drift import mend_roles
from tenants.lifecycle import remove_due
from tenants.schema.rollout import organizations

logger = logging.getLogger("workix.walls")


@app.periodic(cron="17 * * * *")
@app.task(name="tenants.remove_due_organizations", queue="platform")
def remove_due_organizations(timestamp: int) -> None:
    """Remove what is due, every hour."""
    remove_due(now=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="tenants.mend_roles", queue="platform")
def mend_changed_roles(timestamp: int) -> None:
    """Look every ten minutes for roles that changed their own password or settings, and say so."""
    for fault in mend_roles(organizations()):
        logger.warning("walls.role_mended", extra={"fault": fault.sentence})
