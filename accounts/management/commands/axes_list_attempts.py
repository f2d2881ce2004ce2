"""manage.py axes_list_attempts: failed log-ins (network, keyed hash of the address, how many), read as the control role."""

from __future__ import annotations

from typing import Any

from axes.management.commands import axes_list_attempts

from tenants.scope import use_platform


class Command(axes_list_attempts.Command):
    """The library's own, in a scope: without one nothing is read."""

    def handle(self, *args: Any, **options: Any) -> None:
        with use_platform():
            super().handle(*args, **options)
