"""E-mail index: from an address (a keyed hash of it) to the organizations it proved to be somebody's in."""

# Raw SQL: calls functions of `public`.

# Note [Proven addresses]
# Anybody can sign up with anybody's address, and an admin can add it. So the index has a line for an organization only once
# its owner followed a link there: what nobody proved takes no place from what was, neither at a log-in that names no
# organization nor in a mail. What is not proven is known within its own organization alone, and found there by whoever
# names it. Who was removed, or may not log in, has no line.

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.db.models import Exists, QuerySet

from accounts.models import User
from tenants.models import EmailIndexEntry, Organization
from tenants.scope import use_platform
from workix.config.keyed_hash import keyed_hash

#: Of an address that is a person in more organizations than this, the oldest ones are listed.
MOST = 20


def address_hash(address: str) -> str:
    return keyed_hash("address", address)


def add(address: str) -> None:
    """Add the organization in scope to those of an address that was proven there. See Note [Proven addresses]."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.add_to_email_index(%s)", [address_hash(address)])


def remove(address: str) -> None:
    """Take the organization in scope from those of an address."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.remove_from_email_index(%s)", [address_hash(address)])


def home_of(address: str) -> Organization | None:
    """Find the one organization this address proved to be somebody's in. One statement.

    None where there is none, or several; and for an operator, who is at home on the platform: nobody adds to where they
    log in.
    """
    with use_platform():
        operator = User.objects.filter(email=address, is_active=True)
        homes = list(_homes(address).filter(~Exists(operator))[:2])
    return homes[0] if len(homes) == 1 else None


def organizations_of(address: str, *, most: int = MOST) -> list[Organization]:
    """List where this address proved to be somebody's, at most so many, oldest first."""
    with use_platform():
        return list(_homes(address)[:most])


def organizations_to_switch_to(address: str, *, besides: UUID) -> list[Organization]:
    """List where this address proved to be somebody's who may come from another organization, at most MOST, oldest first."""
    with use_platform():
        return list(_homes(address).filter(allows_switching=True, is_active=True).exclude(id=besides)[:MOST])


def _homes(address: str) -> QuerySet[Organization]:
    ids = EmailIndexEntry.objects.filter(address_hash=address_hash(address)).values("organization_id")
    return Organization.objects.filter(id__in=ids, deleted_at__isnull=True)
