"""manage.py makemigrations: Django's own, run as the owner, since it compares with what `public` has applied."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.makemigrations import Command as MakeMigrations

from tenants.isolation.owner import acting_as_owner


class Command(MakeMigrations):
    def handle(self, *app_labels: str, **options: Any) -> None:
        with acting_as_owner():
            super().handle(*app_labels, **options)
