"""The tenants app."""

from django.apps import AppConfig
from django.core.signals import request_finished, request_started
from django.db import close_old_connections


class TenantsConfig(AppConfig):
    name = "tenants"
    verbose_name = "Organizations"

    def ready(self) -> None:
        """Leave connections to our pool: a scope gives its own back, so between requests none is left to look at."""
        request_started.disconnect(close_old_connections)
        request_finished.disconnect(close_old_connections)
