"""use_tenant() and use_platform(): whose data this code may touch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from tenants.models import Organization
from tenants.walls.logins import control_login, tenant_login
from workix.foundation.current import Current


@contextmanager
def use_tenant(organization: Organization) -> Iterator[Organization]:
    """Work for one organization inside the block, on a connection of its own role."""
    with connection.entered(tenant_login(organization)), Current.scoped(organization=organization):  # type: ignore[attr-defined]  # our own backend
        yield organization


@contextmanager
def use_platform() -> Iterator[None]:
    """Work on the few tables of `public` inside the block, as the control role. No organization is in scope."""
    with connection.entered(control_login()), Current.scoped(organization=None):  # type: ignore[attr-defined]  # our own backend
        yield


@contextmanager
def use_nothing() -> Iterator[None]:
    """Touch no data inside the block: every query is an error."""
    with connection.entered(None), Current.scoped(organization=None):  # type: ignore[attr-defined]  # our own backend
        yield
