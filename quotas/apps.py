"""The quotas app."""

from django.apps import AppConfig


class QuotasConfig(AppConfig):
    name = "quotas"
    verbose_name = "Quotas"

    def ready(self) -> None:
        from quotas.limits import grant_defaults
        from tenants.signals import organization_opening

        organization_opening.connect(grant_defaults)
