"""The app of the ground: it owns the table of idempotency keys, in every schema, and the permissions of the two sites."""

from django.core.checks import register

from workix.core.apps import FoundationAppConfig
from workix.core.checks import TAG, check_declarations
from workix.core.permissions import ADMIN_AND_VIEWER, OPERATORS, Permission
from workix.core.privileges import EVERY_ROW


class ApiConfig(FoundationAppConfig):
    name = "workix.api"
    label = "api"
    verbose_name = "API"
    permissions = {
        "dashboard:enter": Permission("Enter the organization's dashboard.", ADMIN_AND_VIEWER),
        "console:enter": Permission("Enter the operators' console.", OPERATORS),
    }
    control_privileges = {"idempotency_keys": EVERY_ROW}

    def ready(self) -> None:
        """Register the checks of the ground."""
        from workix.admin.checks import check_pages  # noqa: PLC0415  # models are there only now
        from workix.api.checks import check_indexes, check_required_permissions  # noqa: PLC0415

        for check in (check_declarations, check_required_permissions, check_indexes, check_pages):
            register(check, TAG)
