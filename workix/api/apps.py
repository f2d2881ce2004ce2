"""The app of the ground: it owns the table of idempotency keys, in every schema, and the permissions of the two sites."""

from typing import Any

from django.core.checks import CheckMessage, register

from workix.core.apps import FoundationAppConfig
from workix.core.checks import TAG, VIEWS, check_declarations
from workix.core.permissions import ADMIN_AND_VIEWER, OPERATORS, Permission
from workix.core.privileges import EVERY_ROW
from workix.observability.disk_metrics import read_disks
from workix.observability.readings import scraping


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
        """Register the checks of the ground, and what it tells Prometheus."""
        register(check_declarations, TAG)
        register(check_views, VIEWS)
        scraping.connect(read_disks)


def check_views(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Look at every view and every page there is, which takes importing them all."""
    from workix.admin.checks import check_pages  # noqa: PLC0415  # most commands need none of it
    from workix.api.checks import check_indexes, check_required_permissions  # noqa: PLC0415

    checks = (check_required_permissions, check_indexes, check_pages)
    return [each for check in checks for each in check(app_configs, **kwargs)]
