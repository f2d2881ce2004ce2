"""Where a person is a person: an organization, or the platform itself for its operators."""

from __future__ import annotations

from contextlib import AbstractContextManager
from uuid import UUID

from django.db import connection

from tenants.models import Organization
from tenants.resolution import OrganizationSuspended, find_by_id
from tenants.scope import use_platform, use_tenant

#: An organization; None is the platform, where operators log in.
Place = Organization | None


def entered(place: Place) -> AbstractContextManager[object]:
    """Work where these people are."""
    return use_tenant(place) if place is not None else use_platform()


def place_of(organization_id: UUID | None) -> Place:
    """Return the place of a sealed id.

    :raises LookupError: when the organization is gone.
    """
    if organization_id is None:
        return None
    organization = find_by_id(organization_id)
    if organization is None:
        raise LookupError(organization_id)
    return organization


def require_open(place: Place) -> None:
    """Make sure that people may work there.

    :raises OrganizationSuspended: when the organization is suspended, or waits for its confirmation.
    """
    if place is None:
        return
    with entered(place), connection.cursor() as cursor:  # what this process knows of it may be some seconds old
        cursor.execute("SELECT public.my_organization_is_open()")
        if cursor.fetchone() != (True,):
            raise OrganizationSuspended
