"""Periodic jobs (cron) of quotas: reservations that expired."""

from __future__ import annotations

from procrastinate.contrib.django import app

from quotas.reservations import return_expired


@app.periodic(cron="*/5 * * * *")
@app.task(name="quotas.return_expired_reservations", queue="platform", lock="quotas.return_expired_reservations")
def return_expired_reservations(timestamp: int) -> None:
    """End every five minutes what expired and nobody asked about. See Note [Reservations]."""
    return_expired()
