"""Webhook endpoints of an organization: added, changed, paused, resumed, rotated, replayed and removed by its admins."""

# Note [Who may have the trail sent]
# An endpoint is sent the whole trail, addresses and names included. So who adds one, or sends it elsewhere, has to hold what
# reading the trail takes, besides the permission for webhooks.

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from audit.registry import record_about
from webhooks.endpoint_secrets import encrypted, write_secret
from webhooks.messages import size_of_trail
from webhooks.models import WebhookEndpoint
from webhooks.tasks import deliver
from workix.core.errors import Conflict, Denied, Invalid, NotFound
from workix.web.outgoing import check_url

MOST_ENDPOINTS = 10
LONGEST_OVERLAP = timedelta(days=7)
READS_THE_TRAIL = "audit:read"


class NotYourTrail(Denied):
    detail = "A webhook is sent the whole audit trail, so it takes the permission to read it. Ask an admin."


class RotationUnderWay(Conflict):
    code = "rotation_under_way"
    detail = (
        "The secret from before the last rotation still signs. Wait for its end, or rotate with an overlap of 0 hours."
    )


@dataclass(frozen=True, slots=True)
class Issued:
    """An endpoint, with the only copy of its secret that is shown."""

    row: WebhookEndpoint
    secret: str = field(repr=False)


def endpoints() -> QuerySet[WebhookEndpoint]:
    """List the endpoints of the organization in scope, in the order they came."""
    return WebhookEndpoint.objects.order_by("created_at", "id")


def get_endpoint(endpoint_id: UUID, *, lock: bool = False) -> WebhookEndpoint:
    """Return one of them.

    :raises NotFound: when there is none with this id.
    """
    found = endpoints().filter(id=endpoint_id)
    endpoint = (found.select_for_update() if lock else found).first()
    if endpoint is None:
        raise NotFound
    return endpoint


def add(*, by: User, url: str, description: str = "", is_enabled: bool = True) -> Issued:
    """Add an endpoint, which is sent what comes from now on.

    :raises NotYourTrail: when `by` may not read the trail. See Note [Who may have the trail sent].
    :raises Invalid: when the address may not be asked, or there are too many.
    """
    _require_the_trail(by)
    secret = write_secret()
    with transaction.atomic():
        if endpoints().count() >= MOST_ENDPOINTS:
            raise Invalid(f"There are {MOST_ENDPOINTS} webhooks, which is the most there can be.", problem="max_length")
        endpoint = WebhookEndpoint(url=_url(url), description=description, is_enabled=is_enabled)
        endpoint.encrypted_secret = encrypted(endpoint, secret)
        endpoint.position = size_of_trail()
        endpoint.save(force_insert=True)
        deliver.enqueue(endpoint_id=str(endpoint.id))  # what gets its place before this commits, wakes nobody
    return Issued(endpoint, secret)


def change(endpoint_id: UUID, *, by: User, **said: Any) -> WebhookEndpoint:
    """Change `url`, `description` or `is_enabled`; to enable one that is paused resumes it from where it was.

    :raises NotFound: when there is no such endpoint.
    :raises NotYourTrail: when `by` may not read the trail.
    :raises Invalid: when the address may not be asked.
    """
    _require_the_trail(by)
    if "url" in said:
        said["url"] = _url(said["url"])
    with transaction.atomic():
        endpoint = get_endpoint(endpoint_id, lock=True)
        for name, value in said.items():
            setattr(endpoint, name, value)
        endpoint.save(update_fields=[*said, "updated_at"])
        is_active = endpoint.is_enabled and endpoint.paused_at is None
        if said.get("is_enabled") or (is_active and "url" in said):
            _resume(endpoint)
    return endpoint


def rotate(endpoint_id: UUID, *, by: User, now: datetime, overlap: timedelta) -> Issued:
    """Put a new secret in the place of the old one, which signs, too, for `overlap` more; without any it ends at once.

    :raises NotFound: when there is no such endpoint.
    :raises NotYourTrail: when `by` may not read the trail.
    :raises RotationUnderWay: while the one before it signs still.
    """
    _require_the_trail(by)
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise Invalid("Use 0 hours or more, and no more than a week.", field="overlap_hours", problem="max_value")
    secret = write_secret()
    with transaction.atomic():
        endpoint = get_endpoint(endpoint_id, lock=True)
        if overlap and endpoint.previous_expires_at and endpoint.previous_expires_at > now:
            raise RotationUnderWay
        endpoint.previous_secret = endpoint.encrypted_secret if overlap else ""
        endpoint.previous_expires_at = now + overlap if overlap else None
        endpoint.encrypted_secret = encrypted(endpoint, secret)
        endpoint.save(update_fields=["encrypted_secret", "previous_secret", "previous_expires_at", "updated_at"])
    return Issued(endpoint, secret)


def replay(endpoint_id: UUID, *, index: int) -> WebhookEndpoint:
    """Have an endpoint sent everything from a position on once more, or skip what it has not been sent.

    A delivery that is under way moves nothing any more: see Note [At least once, in order].

    :raises NotFound: when there is no such endpoint.
    :raises Invalid: when the trail is not that long.
    """
    with transaction.atomic():
        endpoint = get_endpoint(endpoint_id, lock=True)
        size = size_of_trail()
        if not 0 <= index <= size:
            raise Invalid(f"The trail has {size} entries with a place: use 0 to {size}.", field="from")
        before, endpoint.position, endpoint.next_attempt_at = endpoint.position, index, None
        endpoint.save(update_fields=["position", "next_attempt_at"])
        record_about(endpoint, "webhook.replayed", {"position": [before, index]})
        deliver.enqueue(endpoint_id=str(endpoint.id))
    return endpoint


def remove(endpoint_id: UUID) -> None:
    """Remove an endpoint. What it was not sent, it never is.

    :raises NotFound: when there is no such endpoint.
    """
    with transaction.atomic():
        get_endpoint(endpoint_id, lock=True).delete()


def _resume(endpoint: WebhookEndpoint) -> None:
    was_paused = endpoint.paused_at is not None
    endpoint.paused_at = endpoint.failing_since = endpoint.next_attempt_at = None
    endpoint.failures = 0
    endpoint.save(update_fields=["paused_at", "failing_since", "next_attempt_at", "failures"])
    if was_paused:
        record_about(endpoint, "webhook.resumed", {"position": endpoint.position})
    deliver.enqueue(endpoint_id=str(endpoint.id))


def _url(text: str) -> str:
    try:
        return check_url(text)
    except ValueError as error:
        raise Invalid(f"The address {error}.", field="url") from error


def _require_the_trail(by: User) -> None:
    if READS_THE_TRAIL not in by.permissions:
        raise NotYourTrail
