"""Tenant scope: use_tenant() and use_platform() say whose data this code may touch."""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from tenants.isolation.database_roles import DatabaseRole, control_role, tenant_role
from tenants.models import Organization
from workix.core.current import Current


class Scope:
    """For the length of one block: as whom we are logged in, and which organization is current."""

    __slots__ = ("_before", "_current", "_organization", "_role", "_wrapper")

    def __init__(self, role: DatabaseRole | None, organization: Organization | None) -> None:
        self._role, self._organization = role, organization

    def __enter__(self) -> Organization | None:
        wrapper: Any = connections[DEFAULT_DB_ALIAS]  # this thread's; looked up once, for the way out too
        self._wrapper, self._before = wrapper, wrapper.database_role
        wrapper.enter(self._role)
        self._current = Current.scoped(organization=self._organization)
        self._current.__enter__()
        return self._organization

    def __exit__(self, *_: object) -> None:
        self._current.__exit__()
        self._wrapper.enter(self._before)


def use_tenant(organization: Organization) -> Scope:
    """Work for one organization inside the block, on a connection of its own role."""
    return Scope(tenant_role(organization), organization)


def use_platform() -> Scope:
    """Work on the few tables of `public` inside the block, as the control role. No organization is in scope."""
    return Scope(control_role(), None)


def use_nothing() -> Scope:
    """Touch no data inside the block: every query is an error."""
    return Scope(None, None)
