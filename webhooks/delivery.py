"""Delivery of the trail to an endpoint: in order, at least once, one message at a time, from its position on."""

# Bulk write: conditional UPDATEs (compare-and-set) decide whose word counts where several write to one row.

# Note [At least once, in order]
# A message is sent, and then the position moves behind it, if it is still where it was: an UPDATE with a condition. A crash
# between the two sends the message again, with the same id. Whoever replays while a message is under way wins, since the
# position is another then, and what we were at moves nothing. The next message is sent only when the one before it was taken, so
# what happens to one thing arrives in its order.

# Note [One at a time]
# A lease of the row, not a lock, keeps a second job out: no transaction is open while we wait for somebody else's server. It is
# longer than a job works and no longer than a worker has to be silent to be dead (Note [Jobs of dead workers]). Should both
# deliver all the same, the position moves for the first, and the other one sent a message twice.

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from audit.registry import record_about
from webhooks.failures import is_to_be_paused, wait_after
from webhooks.messages import is_waiting, next_message
from webhooks.models import WebhookEndpoint
from webhooks.notices import tell_admins
from webhooks.sending import Attempt, send
from workix.observability import metrics

LEASE = timedelta(seconds=60)
#: After so long a job makes room for others, and comes again.
LONGEST_RUN = timedelta(seconds=5)
KEPT_ATTEMPTS = 20


def deliver_waiting(endpoint_id: UUID, *, now: datetime) -> datetime | None:
    """Send what waits, until nothing does, something fails or LONGEST_RUN is over. Return when to come again, if at all."""
    active = WebhookEndpoint.objects.filter(id=endpoint_id, is_enabled=True, paused_at__isnull=True)
    free = active.filter(Q(leased_until__isnull=True) | Q(leased_until__lte=now))
    due = free.filter(Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=now))
    began, until = time.monotonic(), now + LEASE
    if not due.update(leased_until=until):
        return active.filter(next_attempt_at__gt=now).values_list("next_attempt_at", flat=True).first()
    try:
        _deliver(endpoint_id, now=now)
    finally:
        WebhookEndpoint.objects.filter(id=endpoint_id, leased_until=until).update(leased_until=None)
    endpoint = active.first()  # what came while we had the lease, woke nobody
    if endpoint is None or not is_waiting(endpoint.position):
        return None
    return endpoint.next_attempt_at or now + _since(began)


def _deliver(endpoint_id: UUID, *, now: datetime) -> None:
    began = time.monotonic()
    while (passed := _since(began)) < LONGEST_RUN:
        endpoint = WebhookEndpoint.objects.filter(id=endpoint_id, is_enabled=True, paused_at__isnull=True).first()
        message = next_message(endpoint.position) if endpoint else None
        if endpoint is None or message is None:
            return
        attempt = send(endpoint, message, now=now + passed)
        if not attempt.is_delivered:
            _fail(endpoint, attempt)
            return
        metrics.WEBHOOKS.labels("ok").inc()
        _write(
            endpoint,
            attempt,
            position=(message.index or 0) + 1,
            failures=0,
            failing_since=None,
            next_attempt_at=None,
            last_delivered_at=attempt.at,
        )


def _since(began: float) -> timedelta:
    return timedelta(seconds=time.monotonic() - began)


def _fail(endpoint: WebhookEndpoint, attempt: Attempt) -> None:
    """Wait, or pause it and say so. See webhooks/failures.py."""
    pauses = is_to_be_paused(endpoint, attempt)
    with transaction.atomic():
        is_ours = _write(
            endpoint,
            attempt,
            failures=endpoint.failures + 1,
            failing_since=endpoint.failing_since or attempt.at,
            next_attempt_at=attempt.at + wait_after(endpoint.failures + 1, retry_after=attempt.retry_after),
            last_failure=attempt.failure,
            last_failed_at=attempt.at,
            paused_at=attempt.at if pauses else None,
        )
        if pauses and is_ours:
            told = {"failure": attempt.failure, "failures": endpoint.failures + 1, "position": endpoint.position}
            record_about(endpoint, "webhook.paused", told)
            tell_admins(endpoint)
    metrics.WEBHOOKS.labels("paused" if pauses and is_ours else "failed").inc()


def _write(endpoint: WebhookEndpoint, attempt: Attempt, **columns: Any) -> bool:
    """Write these columns if the endpoint is still where it was. See Note [At least once, in order]."""
    still = WebhookEndpoint.objects.filter(
        id=endpoint.id, position=endpoint.position, failures=endpoint.failures, is_enabled=True, paused_at__isnull=True
    )
    attempts = [attempt.as_json(), *endpoint.recent_attempts][:KEPT_ATTEMPTS]
    return bool(still.update(recent_attempts=attempts, **columns))
