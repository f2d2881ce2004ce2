"""Periodic jobs (cron): background work for the platform and not for one organization."""

from __future__ import annotations

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from tenants.isolation.drift import repair_roles
from tenants.lifecycle import remove_due
from tenants.schema.rollout import organizations

logger = logging.getLogger("workix.isolation")


@app.periodic(cron="17 * * * *")
@app.task(name="tenants.remove_due_organizations", queue="platform")
def remove_due_organizations(timestamp: int) -> None:
    """Remove what is due, every hour."""
    remove_due(now=timezone.now())


@app.periodic(cron="*/10 * * * *")
# The alias is for what an earlier release had queued.
@app.task(name="tenants.repair_roles", aliases=["tenants.repair_roles"], queue="platform")
def repair_changed_roles(timestamp: int) -> None:
    """Look every ten minutes for roles that changed their own password or settings, and say so."""
    for drift in repair_roles(organizations()):
        logger.warning("isolation.role_repaired", extra={"drift": drift.sentence})
