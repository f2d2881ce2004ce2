"""The AppConfig of the quotas app."""

from workix.core.apps import FoundationAppConfig
from workix.core.permissions import ADMIN, EVERYONE, Permission
from workix.core.privileges import EVERY_ROW, SELECT


class QuotasConfig(FoundationAppConfig):
    name = "quotas"
    verbose_name = "Quotas"
    permissions = {
        "quotas:read": Permission("Read what may be used and what was.", EVERYONE),
        "quotas:consume": Permission("Take from a quota, and give back.", ADMIN),
    }
    control_privileges = {"quotas": (SELECT,), "past_usage": (SELECT,), "attempts": EVERY_ROW}

    def ready(self) -> None:
        from quotas.limits import follow_entitlement, grant_defaults  # noqa: PLC0415  # models are there only now
        from tenants.signals import organization_entitled, organization_opening  # noqa: PLC0415

        organization_opening.connect(grant_defaults)
        organization_entitled.connect(follow_entitlement)
