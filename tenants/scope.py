"""Tenant scope: use_tenant() and use_platform() say whose data this code may touch."""

from __future__ import annotations

from tenants.backend.scopes import Scope
from tenants.isolation.database_roles import control_role, tenant_role
from tenants.models import Organization


def use_tenant(organization: Organization) -> Scope:
    """Work for one organization inside the block, on a connection of its own role."""
    return Scope(tenant_role(organization), organization)


def use_platform() -> Scope:
    """Work on the few tables of `public` inside the block, as the control role. No organization is in scope."""
    return Scope(control_role())


def use_nothing() -> Scope:
    """Touch no data inside the block: every query is an error."""
    return Scope(None)
