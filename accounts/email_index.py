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
# `manage.py rehash_email_index` reads the addresses of each organization's people as that organization, and puts a line under the
# newest key in the place of the others. It holds the rows of these people: who removes one of them changes that row first, and
# the index then, under each key; so no line comes back that somebody took away.

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, QuerySet

from accounts.models import User
from tenants.models import EmailIndexEntry, Organization
from tenants.sandboxes.ending import is_sandbox
from tenants.scope import use_platform
from workix.config.keyed_hash import keyed_hashes
from workix.core.current import Current

#: Of an address that is a person in more organizations than this, the oldest ones are listed.
MOST = 20
#: How many people are held while their addresses are hashed anew.
_AT_ONCE = 200
_REHASH = """
    SELECT public.add_to_email_index(newest), public.remove_from_email_index(old)
      FROM unnest(%s::text[], %s::text[]) AS pair (newest, old)"""


def address_hash(address: str) -> str:
    """Return what a line has of an address that is added now."""
    return address_hashes(address)[0]


def address_hashes(address: str) -> list[str]:
    """Return all that a line may have of an address, what it has under the newest key first. See Note [Directory keys]."""
    own = settings.WORKIX.directory_keys
    return keyed_hashes("address", address, own.reveal().split(",") if own else ())


def add(address: str) -> None:
    """Add the organization in scope to those of an address that was proven there. See Note [Proven addresses].

    A sandbox is in none of them: see Note [Sandboxes] in tenants/sandboxes/opening.py.
    """
    if is_sandbox(Current.find_organization()):
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.add_to_email_index(%s)", [address_hash(address)])


def remove(address: str) -> None:
    """Take the organization in scope from those of an address."""
    with connection.cursor() as cursor:
        for each in address_hashes(address):
            cursor.execute("SELECT public.remove_from_email_index(%s)", [each])


def rehash() -> int:
    """Put the addresses that lead to the organization in scope under the newest key; return how many there are.

    See Note [Directory keys]. Whoever is to be removed meanwhile waits for a batch, or is not in it.
    """
    people = User.objects.filter(email_confirmed_at__isnull=False, is_active=True, deleted_at__isnull=True)
    count, last = 0, UUID(int=0)
    while True:
        with transaction.atomic():
            batch = list(people.filter(id__gt=last).order_by("id").select_for_update().only("id", "email")[:_AT_ONCE])
            if not batch:
                return count
            hashed = [address_hashes(person.email) for person in batch]
            pairs = [(newest, old) for newest, *before in hashed for old in before if old != newest]
            with connection.cursor() as cursor:
                cursor.execute(_REHASH, [[pair[0] for pair in pairs], [pair[1] for pair in pairs]])
        count, last = count + len(batch), batch[-1].id


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
