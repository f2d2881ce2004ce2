"""One's own passkeys: passkeys_of(), rename(), remove()."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Passkey, User
from accounts.second_factors import recovery_codes
from accounts.second_factors.enrolment import lock
from accounts.second_factors.notices import tell
from workix.core.errors import NotFound


def passkeys_of(user: User, rp_id: str | None = None) -> QuerySet[Passkey]:
    """List somebody's passkeys, at one host or at all."""
    found = Passkey.objects.filter(user=user)
    return found if rp_id is None else found.filter(rp_id=rp_id)


def get(user: User, passkey_id: UUID) -> Passkey:
    """Return one of somebody's passkeys.

    :raises NotFound: when it is not theirs.
    """
    found = passkeys_of(user).filter(id=passkey_id).first()
    if found is None:
        raise NotFound
    return found


def rename(user: User, passkey_id: UUID, *, name: str | None = None) -> Passkey:
    """Call a passkey something else, or leave it.

    :raises NotFound: when it is not theirs.
    """
    with transaction.atomic():
        lock(user)
        passkey = get(user, passkey_id)
        passkey.name = passkey.name if name is None else name
        passkey.save(update_fields=["name", "updated_at"])
    return passkey


def remove(user: User, passkey_id: UUID) -> None:
    """Take a passkey away; with the last factor go the codes that stand in for it.

    :raises NotFound: when it is not theirs.
    """
    with transaction.atomic():
        lock(user)
        get(user, passkey_id).delete()
        recovery_codes.drop_if_alone(user)
        tell(user, "passkey_removed")
