"""API keys of an organization: issued, changed, confirmed, rotated and revoked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from accounts.api_keys import key_format
from accounts.api_keys.scopes import checked_scopes, require_held
from accounts.models import ApiKey, User
from accounts.models.api_key import KeyHolder
from accounts.roles.membership import with_grants
from audit.reading.as_of import instances_as_of
from audit.registry import record_about
from workix.core.current import Current
from workix.core.errors import Conflict, Invalid, NotFound, read_each
from workix.web.networks import MOST_NETWORKS, network

#: For longer than this a service would not be getting its new key, but have two.
LONGEST_OVERLAP = timedelta(days=7)


class RotationUnderWay(Conflict):
    code = "rotation_under_way"
    detail = (
        "The key from before the last rotation is still good. Wait for its end, or rotate with an overlap of 0 hours."
    )


class KeyIsOver(Conflict):
    detail = "This key has expired, and so would the new one. Give it another end first."


@dataclass(frozen=True, slots=True)
class Issued:
    """A key, with the only copy of what a service sends."""

    row: ApiKey
    key: str = field(repr=False)


def keys() -> QuerySet[ApiKey]:
    """List the keys of the organization in scope, the newest first, with who created and who confirmed them."""
    confirming = Prefetch("confirmed_by", with_grants(User.with_removed.all()))
    return ApiKey.objects.select_related("created_by").prefetch_related(confirming)


def keys_as_of(moment: datetime, *, now: datetime) -> list[ApiKey]:
    """List them as they were at a moment, from the audit trail; who created and confirmed them, as those are today.

    :raises Invalid: when that moment is yet to come.
    :raises TrailTooShort: when the trail was pruned beyond it.
    """
    found = instances_as_of(ApiKey, moment, now=now)
    prefetch_related_objects(
        found, *(Prefetch(name, User.with_removed.all()) for name in ("created_by", "confirmed_by"))
    )
    return found


def needs_confirmation(key: ApiKey) -> bool:
    """Say whether nobody answers for a key any more: whoever confirmed it left, or may not do all that it may."""
    return key.confirmed_by is None or not key.permissions <= key.confirmed_by.permissions


def get_key(key_id: UUID) -> ApiKey:
    """Return one of them.

    :raises NotFound: when there is none with this id, or it was revoked.
    """
    key = keys().filter(id=key_id).first()
    if key is None:
        raise NotFound
    return key


def issue(
    *,
    by: User,
    now: datetime,
    name: str,
    scopes: Sequence[str],
    networks: Sequence[str] = (),
    expires_at: datetime | None = None,
) -> Issued:
    """Issue a key that may do what `scopes` say; whoever issues it confirms it.

    :raises Invalid: when it would hold what it can't, or what `by` does not hold.
    """
    key = key_format.write(Current.organization.id)
    row = ApiKey(
        name=name,
        prefix=key_format.prefix_of(key),
        key_hash=key_format.hash_of(key),
        created_by=by,
        confirmed_by=by,
        confirmed_at=now,
        **_checked({"scopes": scopes, "networks": networks, "expires_at": expires_at}, by=by, now=now),
    )
    with transaction.atomic():
        row.save(force_insert=True)
    return Issued(row, key)


def change(key_id: UUID, *, by: User, now: datetime, **changes: Any) -> ApiKey:
    """Change `name`, `scopes`, `networks` or `expires_at`. Other scopes are confirmed by whoever writes them.

    :raises NotFound: when there is no such key.
    :raises MoreThanYours: when it may do what `by` may not.
    :raises Invalid: when it would hold what it can't, or what `by` does not hold.
    """
    with transaction.atomic():
        key = _held(key_id, by=by)
        for name, value in _checked(changes, by=by, now=now).items():
            setattr(key, name, value)
        if "scopes" in changes:
            key.confirmed_by, key.confirmed_at = by, now
        key.save()
    return key


def confirm(key_id: UUID, *, by: User, now: datetime) -> ApiKey:
    """Answer for what a key may do, in place of whoever did before.

    :raises NotFound: when there is no such key.
    :raises MoreThanYours: when it may do what `by` may not.
    """
    with transaction.atomic():
        key = _held(key_id, by=by)
        key.confirmed_by, key.confirmed_at = by, now
        key.save(update_fields=["confirmed_by", "confirmed_at", "updated_at"])
    return key


def rotate(key_id: UUID, *, by: User, now: datetime, overlap: timedelta) -> Issued:
    """Put a new key in the place of the old one, which is good for `overlap` more; without any it ends at once.

    :raises NotFound: when there is no such key.
    :raises MoreThanYours: when it may do what `by` may not.
    :raises KeyIsOver: when it expired.
    :raises RotationUnderWay: while the one before it is still good, too: ending that sooner than was said is an outage.
    """
    with transaction.atomic():
        key = _held(key_id, by=by)
        new = renew(key, begin=key_format.BEGIN, now=now, overlap=overlap)
        until = key.previous_expires_at.isoformat() if key.previous_expires_at else None
        record_about(key, "api_key.rotated", {"old_key_expires_at": until})
    return Issued(key, new)


def renew(row: KeyHolder, *, begin: str, now: datetime, overlap: timedelta) -> str:
    """Put a new key in the place of a row's old one, and return it; the row is locked by the caller.

    :raises Invalid: when the overlap is none, or longer than a week.
    :raises KeyIsOver: when it expired.
    :raises RotationUnderWay: while the one before it is still good, too.
    """
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise Invalid("Use 0 hours or more, and no more than a week.", field="overlap_hours", problem="max_value")
    if row.expires_at is not None and row.expires_at <= now:
        raise KeyIsOver
    if overlap and row.old_key_expires_at(now=now):
        raise RotationUnderWay
    new = key_format.write(Current.organization.id, begin=begin)
    row.previous_hash, row.previous_expires_at = (row.key_hash, now + overlap) if overlap else (None, None)
    row.key_hash, row.prefix = key_format.hash_of(new), key_format.prefix_of(new)
    row.save(update_fields=["key_hash", "prefix", "previous_hash", "previous_expires_at", "updated_at"])
    return new


def revoke(key_id: UUID, *, now: datetime) -> None:
    """End a key, and the one before it, from the next request on. Its row stays for the trail.

    :raises NotFound: when there is no such key.
    """
    with transaction.atomic():
        key = _locked(key_id)
        key.deleted_at = now
        key.save(update_fields=["deleted_at", "updated_at"])


def _held(key_id: UUID, *, by: User) -> ApiKey:
    key = _locked(key_id)
    require_held(key, by=by)
    return key


def _locked(key_id: UUID) -> ApiKey:
    key = keys().select_for_update(of=("self",)).filter(id=key_id).first()
    if key is None:
        raise NotFound
    return key


def _checked(given: dict[str, Any], *, by: User, now: datetime) -> dict[str, Any]:
    """Write what was asked for as a row keeps it."""
    checked = checked_limits(given, now=now)
    if "scopes" in given:
        checked["scopes"] = checked_scopes(given["scopes"], by=by)
    return checked


def checked_limits(given: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """Write from where a key is good and until when, as a row keeps it, beside all else that was given.

    :raises Invalid: when a network is none, or the end is over.
    """
    checked = dict(given)
    if "networks" in given:
        checked["networks"] = " ".join(read_each(given["networks"], network, most=MOST_NETWORKS, field="networks"))
    if given.get("expires_at") is not None and given["expires_at"] <= now:
        raise Invalid("This is over already.", field="expires_at", problem="past")
    return checked
