"""manage.py run_worker: does the jobs that wait, as the control role, each inside its own organization."""

from __future__ import annotations

import asyncio
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app

from tenants.walls import owner
from tenants.walls.logins import control_login
from tenants.walls.startup import refuse_unsafe_roles
from workix.foundation import metric_files
from workix.foundation.exposition import Exposition

#: psycopg's pool doubles its pauses up to this long: a restarted database is found again within it.
RECONNECT_SECONDS = 5.0


class Command(BaseCommand):
    help = "Does the jobs that wait, until it is told to stop."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="Stop when no job is left.")
        parser.add_argument("--concurrency", type=int, default=2, help="Jobs at the same time.")

    def handle(self, *args: Any, once: bool, concurrency: int, **options: Any) -> None:
        refuse_unsafe_roles()
        if not once:
            metric_files.clean(settings.METRICS["folder"])
            Exposition("worker", **settings.METRICS).start()
        address = control_login().address(owner.database())
        connector = PsycopgConnector(
            kwargs=address.connection_parameters(), min_size=1, max_size=4, reconnect_timeout=RECONNECT_SECONDS
        )
        worker = app.with_connector(connector)

        async def run() -> None:
            async with worker.open_async():
                await worker.run_worker_async(wait=not once, concurrency=concurrency, delete_jobs="successful")

        asyncio.run(run())
