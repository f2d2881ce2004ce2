"""Opens an organization of Workix in process, and writes the same opening as one script for psql."""

from __future__ import annotations

from accounts.signup import FirstAdmin, open_with_admin
from tenants.isolation import owner
from tenants.isolation.database_roles import DatabaseRole, RoleKind
from tenants.schema import template
from tenants.slugs import schema_of
from workix.core.models import uuid7


def open_workix(slug: str, *, password: str) -> None:
    """Open `slug` whole: row, domain, role, schema, quotas, admin, audit entry; `password` is a hash made before."""
    open_with_admin(name=slug, slug=slug, admin=FirstAdmin(f"admin@{slug}.example", password))


def script_of(slug: str, *, password: str) -> str:
    """Return the SQL of opening `slug` as one script: role, schema, tables, checks, triggers, grants; no rows."""
    identity = uuid7()
    role = DatabaseRole(RoleKind.TENANT, schema_of(identity), schema_of(identity), version=1)
    with owner.connect() as connection:
        return template.load(connection).for_organization(identity, role)
