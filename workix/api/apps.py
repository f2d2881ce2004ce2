"""The app of the ground: it owns the table of idempotency keys, in every schema, and the permissions of the two sites."""

from workix.core.apps import FoundationAppConfig
from workix.core.permissions import ADMIN_AND_VIEWER, OPERATORS, Permission


class ApiConfig(FoundationAppConfig):
    name = "workix.api"
    label = "api"
    verbose_name = "API"
    permissions = {
        "dashboard:enter": Permission("Enter the organization's dashboard.", ADMIN_AND_VIEWER),
        "console:enter": Permission("Enter the operators' console.", OPERATORS),
    }
