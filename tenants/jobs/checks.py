"""System check: every periodic job has a cron expression that can be read."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage
from procrastinate.contrib.django import app

from workix.core.checks import fault


def check_periodic_jobs(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Look at everything that is due by the clock."""
    found: list[CheckMessage] = []
    for periodic in app.periodic_registry.periodic_tasks.values():
        try:
            periodic.croniter  # noqa: B018  # the library reads the expression here
        except ValueError:
            mend = 'write minute, hour, day, month, weekday: "0 6 * * *" is each day at six (UTC).'
            found.append(
                fault(50, f"a cron expression can be read, {periodic.cron!r} can't", periodic.task.name, mend=mend)
            )
    return found
