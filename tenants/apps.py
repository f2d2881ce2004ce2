"""The AppConfig of the tenants app."""

from django.apps import AppConfig
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, reset_queries

from workix.foundation import metrics


class TenantsConfig(AppConfig):
    name = "tenants"
    verbose_name = "Organizations"

    def ready(self) -> None:
        """Leave connections to our pool: a scope gives its own back, so between requests none is left to look at."""
        request_started.disconnect(close_old_connections)
        request_started.disconnect(reset_queries)
        request_finished.disconnect(close_old_connections)
        import tenants.jobs.periodic  # noqa: F401, PLC0415  # registers what is due by the clock; models come first
        from tenants import figures  # noqa: PLC0415

        metrics.sampling.connect(figures.sample_pool)
        metrics.scraping.connect(figures.read_queue)
