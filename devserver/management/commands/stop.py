"""manage.py stop: stops what `manage.py run` started, and the bundled PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from devserver.environment import postgres_folder
from devserver.postgres.server import EmbeddedPostgres
from devserver.supervisor import stop_all


class Command(BaseCommand):
    help = "Stops the web server, the worker and the bundled PostgreSQL."
    tells_nothing = "What it does is seen by what runs no more."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        var = settings.WORKIX.var
        stopped = stop_all(var / "run")
        if settings.WORKIX.database_url is None and EmbeddedPostgres(postgres_folder(var)).stop():
            stopped.append("PostgreSQL")
        self.stdout.write(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing was running.")
