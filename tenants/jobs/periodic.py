"""Periodic jobs (cron): background work of the platform's own, and the sweeping of every organization's tables."""

from __future__ import annotations

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from tenants.isolation.drift import repair_roles
from tenants.jobs import sweeping
from tenants.jobs.periodic_tenant_task import periodic_tenant_task
from tenants.jobs.retries import PERIODIC_RETRY
from tenants.lifecycle import remove_due
from tenants.sandboxes.ending import remove_expired
from tenants.schema.rollout import organizations

logger = logging.getLogger("workix.isolation")


@app.periodic(cron="17 * * * *")
@app.task(name="tenants.remove_due_organizations", queue="platform", retry=PERIODIC_RETRY)
def remove_due_organizations(timestamp: int) -> None:
    """Remove what is due, every hour."""
    remove_due(now=timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="tenants.remove_expired_sandboxes", queue="platform", retry=PERIODIC_RETRY)
def remove_expired_sandboxes(timestamp: int) -> None:
    """Remove sandboxes that are over, every minute."""
    remove_expired(now=timezone.now())


@app.periodic(cron="*/10 * * * *")
# The alias is for what an earlier release had queued.
@app.task(name="tenants.repair_roles", aliases=["tenants.mend_roles"], queue="platform", retry=PERIODIC_RETRY)
def repair_changed_roles(timestamp: int) -> None:
    """Look every ten minutes for roles that changed their own password or settings, and say so."""
    for drift in repair_roles(organizations()):
        logger.warning("isolation.role_repaired", extra={"drift": drift.sentence})


@app.periodic(cron="7 * * * *")
@app.task(name="tenants.sweep_platform", queue="platform", retry=PERIODIC_RETRY)
def sweep_platform(timestamp: int) -> None:
    """Delete what is over in `public`, every hour. See Note [Sweeping]."""
    sweeping.sweep_platform(now=timezone.now())


@periodic_tenant_task("tenants.sweep", cron="40 2 * * *")
def sweep() -> None:
    """Delete what is over in each organization, every night at twenty to three (UTC)."""
    sweeping.sweep_tenant(now=timezone.now())
