"""Periodic jobs (cron) of quotas: reservations that expired, and counters that drifted."""

from __future__ import annotations

from procrastinate.contrib.django import app

from quotas.recount import recount
from quotas.reservations import return_expired


@app.periodic(cron="*/5 * * * *")
@app.task(name="quotas.return_expired_reservations", queue="platform", lock="quotas.return_expired_reservations")
def return_expired_reservations(timestamp: int) -> None:
    """End every five minutes what expired and nobody asked about. See Note [Reservations]."""
    return_expired()


@app.periodic(cron="50 2 * * *")
@app.task(name="quotas.recount_usage", queue="platform", lock="quotas.recount_usage")
def recount_usage(timestamp: int) -> None:
    """Set the counters right every night at ten to three (UTC). See Note [Recounting]."""
    recount()
