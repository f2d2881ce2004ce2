"""What an organization may know and change of its own row in `public`, through the functions keyed on its role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from audit.recording import record
from tenants.resolution import forget_all


@dataclass(frozen=True, slots=True)
class OwnOrganization:
    """The columns of `public.my_organization()`."""

    id: UUID
    name: str
    slug: str
    plan: str
    status: str
    max_users: int
    max_pipelines: int
    max_executions_per_month: int
    created_at: datetime
    updated_at: datetime


def own_organization() -> OwnOrganization:
    """Read the row of the organization in scope."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM public.my_organization()")
        return OwnOrganization(*cursor.fetchone())


def rename(name: str) -> OwnOrganization:
    """Give the organization in scope another name; its address stays."""
    with transaction.atomic():
        before = own_organization()
        with connection.cursor() as cursor:
            cursor.execute("SELECT public.rename_my_organization(%s)", [name])
        record(
            "organization.renamed",
            resource_type="organization",
            resource_id=before.id,
            changes={"name": [before.name, name]},
        )
        renamed = own_organization()
    forget_all()
    return renamed
