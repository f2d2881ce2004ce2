"""Background jobs of quotas: reservations that expired, counters that drifted, warnings of limits, storage, and shares."""

from __future__ import annotations

from procrastinate.contrib.django import app

from quotas.entitlements import warnings
from quotas.heavy_use import storage
from quotas.recount import recount
from quotas.reservations import return_expired
from quotas.usage.largest_shares import find_largest_shares
from tenants.jobs.retries import PERIODIC_RETRY
from tenants.jobs.tenant_task import tenant_task


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="quotas.return_expired_reservations",
    queue="platform",
    retry=PERIODIC_RETRY,
    lock="quotas.return_expired_reservations",
)
def return_expired_reservations(timestamp: int) -> None:
    """End every five minutes what expired and nobody asked about. See Note [Reservations]."""
    return_expired()


@app.periodic(cron="50 2 * * *")
@app.task(name="quotas.recount_usage", queue="platform", retry=PERIODIC_RETRY, lock="quotas.recount_usage")
def recount_usage(timestamp: int) -> None:
    """Set the counters right every night at ten to three (UTC). See Note [Recounting]."""
    recount()


@app.periodic(cron="*/5 * * * *")
@app.task(name="quotas.warn_of_limits", queue="platform", retry=PERIODIC_RETRY, lock="quotas.warn_of_limits")
def warn_of_limits(timestamp: int) -> None:
    """Have every organization warned, every five minutes, that is to be. See Note [Warnings]."""
    for organization_id, name in warnings.due():
        warn_of_limit.enqueue_at(None, organization_id=organization_id, resource=name)


@app.periodic(cron="* * * * *")
@app.task(name="quotas.find_shares", queue="platform", retry=PERIODIC_RETRY, lock="quotas.find_shares")
def find_largest(timestamp: int) -> None:
    """Find every minute which quotas are used most. See Note [Largest shares]."""
    find_largest_shares()


@tenant_task("quotas.warn_of_limit")
def warn_of_limit(resource: str) -> None:
    """Warn one organization of one of its quotas."""
    warnings.warn(resource)


@app.periodic(cron="20 3 * * *")
@app.task(name="quotas.measure_storage", queue="platform", retry=PERIODIC_RETRY, lock="quotas.measure_storage")
def measure_storage(timestamp: int) -> None:
    """Measure the storage of every organization every night at twenty past three (UTC). See Note [Measuring storage]."""
    storage.measure_storage()
