"""The AppConfig of the gateway app."""

from workix.core.apps import FoundationAppConfig
from workix.core.permissions import ADMIN, Permission


class GatewayConfig(FoundationAppConfig):
    name = "gateway"
    verbose_name = "Gateway"
    permissions = {
        "credentials:introspect": Permission(
            "Ask, over gRPC, whose a token or key is and what it may do.", ADMIN, scope=True
        ),
    }
