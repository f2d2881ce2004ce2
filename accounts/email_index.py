"""E-mail index: from an address (a keyed hash of it) to the organizations it may log in to."""

# Raw SQL: calls functions of `public`.

from __future__ import annotations

from django.db import connection
from django.db.models import Exists

from accounts.models import User
from tenants.models import EmailIndexEntry, Organization
from tenants.scope import use_platform
from workix.config.keyed_hash import keyed_hash

#: One address that is a person in more organizations than this names its organization when logging in.
MOST = 20


def address_hash(address: str) -> str:
    return keyed_hash("address", address)


def add(address: str) -> None:
    """Add the organization in scope to what this address may log in to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.add_to_email_index(%s)", [address_hash(address)])


def remove(address: str) -> None:
    """Take the organization in scope from what this address may log in to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.remove_from_email_index(%s)", [address_hash(address)])


def add_as_owner(address: str, organization: Organization) -> None:
    """Add an entry while the organization is being opened and has no session of its own yet."""
    EmailIndexEntry.objects.create(address_hash=address_hash(address), organization_id=organization.id)


def home_of(address: str) -> Organization | None:
    """Return the one organization an address is at home in; None where there is none, several, or it is an operator's.

    Those are looked for on the platform: an operator is one, and nobody adds to where they log in.
    """
    with use_platform():
        ids = EmailIndexEntry.objects.filter(address_hash=address_hash(address)).values("organization_id")
        operator = User.objects.filter(email=address, is_active=True)
        homes = list(Organization.objects.filter(~Exists(operator), id__in=ids, deleted_at__isnull=True)[:2])
    return homes[0] if len(homes) == 1 else None


def organizations_of(address: str) -> list[Organization]:
    """List where an address may log in, at most MOST, oldest first."""
    with use_platform():
        ids = EmailIndexEntry.objects.filter(address_hash=address_hash(address)).values("organization_id")
        return list(Organization.objects.filter(id__in=ids, deleted_at__isnull=True)[:MOST])
