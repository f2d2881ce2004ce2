"""Realms: where a person logs in, which is an organization, or the platform itself for its operators."""

# Raw SQL: calls a function of `public`.

from __future__ import annotations

from contextlib import AbstractContextManager
from uuid import UUID

from django.db import connection

from tenants.models import Organization, Status
from tenants.resolution import OrganizationSuspended, find_by_id, find_by_slug
from tenants.scope import use_platform, use_tenant
from workix.core.current import Current
from workix.core.errors import Denied

#: An organization; None is the platform, where operators log in.
Realm = Organization | None


class OrganizationNotConfirmed(Denied):
    code = "email_not_confirmed"
    detail = (
        "This organization opens when its first admin confirms their e-mail address: the link is in the mail they got."
    )


def enter(realm: Realm) -> AbstractContextManager[object]:
    """Work where these people are."""
    return use_tenant(realm) if realm is not None else use_platform()


def find_named(slug: str) -> Organization | None:
    """Find the organization somebody means who has not logged in: the host's, or on the platform's host the one they name."""
    here = Current.find_organization()
    if isinstance(here, Organization):
        return here if slug in ("", here.slug) else None
    return find_by_slug(slug) if slug else None


def realm_of(organization_id: UUID | None) -> Realm:
    """Return the realm of an id that a signed token carries.

    :raises LookupError: when the organization is gone.
    """
    if organization_id is None:
        return None
    organization = find_by_id(organization_id)
    if organization is None:
        raise LookupError(organization_id)
    return organization


def require_open(realm: Realm) -> None:
    """Make sure that people may work there.

    :raises OrganizationSuspended: when the organization is suspended, or gone.
    :raises OrganizationNotConfirmed: when it waits for its confirmation.
    """
    if realm is None:
        return
    with enter(realm), connection.cursor() as cursor:  # what this process knows of it may be some seconds old
        cursor.execute("SELECT status FROM public.my_organization()")
        found = cursor.fetchone()
    if found == (Status.PENDING,):
        raise OrganizationNotConfirmed
    if found != (Status.ACTIVE,):
        raise OrganizationSuspended
