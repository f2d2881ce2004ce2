"""The AppConfig of the quotas app."""

from django.apps import AppConfig


class QuotasConfig(AppConfig):
    name = "quotas"
    verbose_name = "Quotas"

    def ready(self) -> None:
        from quotas.limits import follow_entitlement, grant_defaults  # noqa: PLC0415  # models are there only now
        from tenants.signals import organization_entitled, organization_opening  # noqa: PLC0415

        organization_opening.connect(grant_defaults)
        organization_entitled.connect(follow_entitlement)
