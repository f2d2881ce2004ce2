"""Failed deliveries: exponential back-off with jitter, and when an endpoint is paused (circuit breaker)."""

from __future__ import annotations

import random
from datetime import timedelta

from webhooks.models import WebhookEndpoint
from webhooks.sending import GONE, Attempt

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=1)
#: It is paused when it has failed for so long, and so often.
PAUSED_AFTER, PAUSED_AFTER_FAILURES = timedelta(days=1), 10


def wait_after(failures: int, *, retry_after: int = 0) -> timedelta:
    """Return how long to wait after so many failures in a row: twice as long each time, less up to a half (jitter).

    Where the endpoint asked for more it is given that, but never more than LONGEST_WAIT.
    """
    doubled: int = 2 ** min(failures - 1, 16)
    longest = min(FIRST_WAIT * doubled, LONGEST_WAIT)
    asked = min(timedelta(seconds=retry_after), LONGEST_WAIT)
    return max(longest * random.uniform(0.5, 1), asked)  # noqa: S311  # nosec B311  # spreads load, and protects nothing


def is_to_be_paused(endpoint: WebhookEndpoint, attempt: Attempt) -> bool:
    """Say whether this failure is the last that is tried: it says it is gone, or has failed for too long."""
    if attempt.status == GONE:
        return True
    since = endpoint.failing_since or attempt.at
    return attempt.at - since >= PAUSED_AFTER and endpoint.failures + 1 >= PAUSED_AFTER_FAILURES
