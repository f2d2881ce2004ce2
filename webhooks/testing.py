"""Testing an endpoint: a message of no entry is sent at once, and who asks is told what came back."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from audit.registry import record_about
from quotas.rate_limits import Left, Limit, count_attempt
from webhooks.endpoints import get_endpoint
from webhooks.messages import test_message
from webhooks.sending import Attempt, send
from workix.core.current import Current

#: Of one organization: each holds a thread of ours for as long as the endpoint takes.
TESTS = Limit("webhook_tests", most=10, window=timedelta(minutes=1))


def send_test(endpoint_id: UUID, *, now: datetime) -> tuple[Attempt, Left]:
    """Send a test. It moves nothing, and counts as no failure.

    :raises NotFound: when there is no such endpoint.
    :raises TooMany: when there were too many.
    """
    endpoint = get_endpoint(endpoint_id)
    left = count_attempt(TESTS, str(Current.organization.id), now=now)
    attempt = send(endpoint, test_message(now=now), now=now)
    with transaction.atomic():
        record_about(endpoint, "webhook.tested", {"status": attempt.status, "failure": attempt.failure})
    return attempt, left
