"""The models module of a third party's app: what it takes of django-tenants, it takes while apps are loaded."""

from __future__ import annotations

from django.db import connection
from django_tenants.models import TenantMixin  # noqa: F401  # its import connects a receiver of every deletion
from django_tenants.utils import get_current_tenant, get_public_schema_name, schema_context

from workix.core.current import Current


def where() -> list[str]:
    """Say who is in scope, asked in each way there is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        (role,) = cursor.fetchone()
    organization = Current.find_organization()
    found = [connection.schema_name, connection.tenant.schema_name, get_current_tenant().schema_name, role]
    return [*found, organization.schema_name if organization else ""]


@schema_context(get_public_schema_name())
def on_the_platform() -> list[str]:
    """Say the same on the platform, whoever calls."""
    return where()
