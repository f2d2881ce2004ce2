"""The AppConfig of the quotas app."""

from collections.abc import Mapping

from tenants.plans import LIMITS
from workix.core.apps import FoundationAppConfig
from workix.core.permissions import ADMIN, EVERYONE, Permission
from workix.core.resources import MONTHLY, STOCK, Resource


def _granted(resource: str) -> Mapping[str, int]:
    return {plan.value: getattr(limits, resource) for plan, limits in LIMITS.items()}


class QuotasConfig(FoundationAppConfig):
    name = "quotas"
    verbose_name = "Quotas"
    permissions = {
        "quotas:read": Permission("Read what may be used and what was.", EVERYONE),
        "quotas:consume": Permission("Take from a quota, and give back what one took.", ADMIN),
        "quotas:release_any": Permission("Give back what somebody else took from a quota.", ADMIN),
    }
    #: Always there, whether an app counts them by rows or services say what they use.
    resources = (
        Resource("users", STOCK, _granted("users"), "People"),
        Resource("pipelines", STOCK, _granted("pipelines")),
        Resource("executions", MONTHLY, _granted("executions")),
    )
    tenant_functions = (
        "my_quotas()",
        "my_past_usage(text)",
        "consume_quota(text, bytea)",
        "release_quota(text, bytea)",
    )

    def ready(self) -> None:
        import quotas.checks  # noqa: F401, PLC0415  # registers a system check; models are there only now
        from quotas.limits import follow_entitlement, grant_defaults, grant_missing  # noqa: PLC0415
        from tenants.signals import (  # noqa: PLC0415
            organization_entitled,
            organization_opening,
            roll_out_beginning,
        )

        organization_opening.connect(grant_defaults)
        organization_entitled.connect(follow_entitlement)
        roll_out_beginning.connect(grant_missing)
