"""E-mail index: from an address (a keyed hash of it) to the organizations it proved to be somebody's in."""

# Raw SQL: calls functions of `public`.

# Note [Proven addresses]
# Anybody can sign up with anybody's address, and an admin can add it. So the index has a line for an organization only once
# its owner followed a link there: what nobody proved takes no place from what was, neither at a log-in that names no
# organization nor in a mail. What is not proven is known within its own organization alone, and found there by whoever
# names it. Who was removed, or may not log in, has no line.

# Note [Directory keys]
# An address is hashed under WORKIX_DIRECTORY_KEYS, the newest first, and, where there are none or before there were, under the
# master secret. Lines are added under the newest key, and found and removed under each. What was hashed can't be read back:
# `manage.py rehash_email_index` reads the addresses in each organization's own schema, and puts a line under the newest key in
# the place of one that is there. It holds the line it replaces. Who removes an address meanwhile waits for it, finds it gone,
# and looks for the newest hash last: so no line comes back that somebody took away.

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, QuerySet

from accounts.models import User
from tenants.isolation import owner
from tenants.models import EmailIndexEntry, Organization
from tenants.scope import use_platform
from workix.config.keyed_hash import keyed_hashes
from workix.core.current import Current

#: Of an address that is a person in more organizations than this, the oldest ones are listed.
MOST = 20
#: How many addresses are hashed anew in one statement.
_AT_ONCE = 5_000
# Not one statement: a line that is deleted by the same one is not held by it, and none comes in its place.
_ADD_ANEW = """
    WITH held AS MATERIALIZED (
        SELECT new FROM public.email_index JOIN unnest(%(old)s::text[], %(new)s::text[]) AS pair (old, new) ON address_hash = old
         WHERE organization_id = %(organization)s FOR UPDATE OF email_index)
    INSERT INTO public.email_index (id, address_hash, organization_id)
    SELECT gen_random_uuid(), new, %(organization)s FROM held ON CONFLICT DO NOTHING"""
_REMOVE_OLD = """
    DELETE FROM public.email_index WHERE organization_id = %(organization)s AND address_hash = ANY (%(old)s::text[])"""


def address_hash(address: str) -> str:
    """Return what a line has of an address that is added now."""
    return address_hashes(address)[0]


def address_hashes(address: str) -> list[str]:
    """Return all that a line may have of an address, what it has under the newest key first. See Note [Directory keys]."""
    own = settings.WORKIX.directory_keys
    return keyed_hashes("address", address, own.reveal().split(",") if own else ())


def add(address: str) -> None:
    """Add the organization in scope to those of an address that was proven there. See Note [Proven addresses]."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.add_to_email_index(%s)", [address_hash(address)])


def remove(address: str) -> None:
    """Take the organization in scope from those of an address."""
    with connection.cursor() as cursor:
        for each in reversed(address_hashes(address)):  # the newest last. See Note [Directory keys]
            cursor.execute("SELECT public.remove_from_email_index(%s)", [each])


def rehash(organization: Organization) -> int:
    """Put the lines of an organization under the newest key; return how many were not. As the owner."""
    moved = 0
    with owner.acting_as_owner(organization.schema_name), Current.scoped(organization=organization):
        addresses = list(User.objects.order_by("id").values_list("email", flat=True))
        with connection.cursor() as cursor:
            for start in range(0, len(addresses), _AT_ONCE):
                hashed = [address_hashes(each) for each in addresses[start : start + _AT_ONCE]]
                pairs = [(old, newest) for newest, *before in hashed for old in before if old != newest]
                old, new = ([pair[side] for pair in pairs] for side in (0, 1))
                lines = {"old": old, "new": new, "organization": organization.id}
                with transaction.atomic():
                    cursor.execute(_ADD_ANEW, lines)
                    cursor.execute(_REMOVE_OLD, lines)
                moved += cursor.rowcount
    return moved


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
    ids = EmailIndexEntry.objects.filter(address_hash__in=address_hashes(address)).values("organization_id")
    return Organization.objects.filter(id__in=ids, deleted_at__isnull=True)
