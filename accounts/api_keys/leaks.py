"""Leaked API keys: whoever finds one reports it, and it is revoked at once; admins are told by e-mail."""

# Note [Whoever has a key may end it]
# Nobody is asked who they are: a scanner for secrets is a stranger, and whoever holds a key can do worse with it than end
# it. Only what we made reaches a database (Note [The parts of a key]), and the answer is the same for any text.

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal

from accounts.api_keys import key_format
from accounts.models import ApiKey, User
from accounts.tasks import send_api_key_leaked
from audit.registry import record_about
from quotas.rate_limits import Left, Limit, client, count_attempt
from tenants.resolution import find_by_id
from tenants.scope import use_tenant
from workix.core.permissions import Role

#: Sent with `key_hash` and `now`, in the scope of its organization: of agents, an app above knows.
agents_key_leaked = Signal()

REPORTS = Limit("leak_reports", most=60, window=timedelta(hours=1))


def report_leak(text: str, *, now: datetime) -> Left:
    """Revoke the key somebody found, if it is one. See Note [Whoever has a key may end it].

    Of a key that rotates only the one that was found ends: the service goes on with the other.

    :raises TooMany: when one client reports too many.
    """
    left = count_attempt(REPORTS, client(), now=now)
    key = key_format.read(text)
    organization = find_by_id(key.organization_id) if key else None
    if key and organization:
        with use_tenant(organization):
            if key.is_of_agent:
                agents_key_leaked.send(sender=None, key_hash=key.key_hash, now=now)
            else:
                _revoke(key.key_hash, now=now)
    return left


def _revoke(key_hash: str, *, now: datetime) -> None:
    with transaction.atomic():
        found = ApiKey.objects.select_for_update().filter(Q(key_hash=key_hash) | Q(previous_hash=key_hash)).first()
        if found is None:
            return
        if found.key_hash == key_hash:
            found.deleted_at = now
        else:
            found.previous_hash = found.previous_expires_at = None
        found.save(update_fields=["deleted_at", "previous_hash", "previous_expires_at", "updated_at"])
        which = "the key" if found.deleted_at else "the key before its last rotation"
        record_about(found, "api_key.leak_reported", {"reported": which})
        _tell_admins(found)


def _tell_admins(key: ApiKey) -> None:
    """Have each of them written to by a job of their own: one that can't be reached repeats no mail to the others."""
    admins = User.objects.filter(role=Role.ADMIN, is_active=True, email_confirmed_at__isnull=False)
    for admin in admins.order_by("created_at", "id"):
        send_api_key_leaked.enqueue(user_id=str(admin.id), api_key_id=str(key.id))
