"""Tasks of Celery that run in the organization they were asked for in, by tenant-schemas-celery."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django_tenants.utils import get_public_schema_name, schema_context
from tenant_schemas_celery.app import CeleryApp
from tenant_schemas_celery.task import TenantTask

from accounts.models import User
from workix.core.current import Current


class OrganizationTask(TenantTask):
    """Looks organizations up as the platform: here, nobody is in scope where django-tenants would be in `public`."""

    abstract = True

    @classmethod
    def get_tenant_for_schema(cls, schema_name: str) -> Any:
        with schema_context(get_public_schema_name()):
            return super().get_tenant_for_schema(schema_name)


app = CeleryApp("ecosystem", task_cls=OrganizationTask)
app.config_from_object("django.conf:settings", namespace="CELERY")


@app.task
def name_everybody(last_name: str) -> list[str]:
    """Give all people a last name, and say who they are and in which organization."""
    User.objects.update(last_name=last_name)
    return [
        Current.organization.slug,
        connection.tenant.slug,
        *User.objects.order_by("id").values_list("first_name", flat=True),
    ]
