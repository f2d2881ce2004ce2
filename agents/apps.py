"""The AppConfig of the agents app."""

from workix.core.apps import FoundationAppConfig
from workix.core.permissions import ADMIN, Permission


class AgentsConfig(FoundationAppConfig):
    name = "agents"
    verbose_name = "Agents"
    permissions = {
        "authz:read": Permission("Ask why others may or may not do something, and who could.", ADMIN),
    }
