"""The AppConfig of pipelines: declares their permissions, and how many restorations each plan grants (quota)."""

from workix.core.apps import TenantAppConfig
from workix.core.permissions import ADMIN, ADMIN_AND_USER, EVERYONE, Permission
from workix.core.resources import MONTHLY, Resource


class PipelinesConfig(TenantAppConfig):
    name = "examples.pipelines"
    verbose_name = "Pipelines"
    permissions = {
        "pipelines:read": Permission("Read the pipelines.", EVERYONE, scope=True, agent=True),
        "pipelines:write": Permission("Add, change and remove pipelines.", ADMIN_AND_USER, scope=True, agent=True),
        "pipelines:restore": Permission("Restore a pipeline that was removed.", ADMIN),
    }
    resources = (Resource("pipeline_restorations", MONTHLY, {"free": 3, "pro": 30, "enterprise": 300}),)
