"""Back-off of deliveries: how long is waited, and when an endpoint is paused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from webhooks.failures import FIRST_WAIT, LONGEST_WAIT, is_to_be_paused, wait_after
from webhooks.models import WebhookEndpoint
from webhooks.sending import Attempt

NOW = datetime(2026, 11, 27, tzinfo=UTC)


@pytest.mark.parametrize("failures", [1, 2, 5, 40, 10**6])
def test_each_wait_is_twice_as_long_less_up_to_a_half(failures: int) -> None:
    longest = min(FIRST_WAIT * 2 ** min(failures - 1, 20), LONGEST_WAIT)
    waits = {wait_after(failures) for _ in range(20)}
    assert longest / 2 <= min(waits) < max(waits) <= longest


def test_who_asks_for_more_time_gets_it_but_not_for_ever() -> None:
    assert wait_after(1, retry_after=120) == timedelta(seconds=120)
    assert wait_after(1, retry_after=10**9) == LONGEST_WAIT


@pytest.mark.parametrize(
    ("status", "failures", "hours", "pauses"),
    [(500, 9, 24, True), (500, 8, 48, False), (None, 99, 23, False), (410, 0, 0, True), (429, 99, 25, True)],
)
def test_an_endpoint_is_paused_once_it_failed_for_a_day_or_is_gone(
    status: int | None, failures: int, hours: int, pauses: bool
) -> None:
    since = NOW - timedelta(hours=hours) if failures else None
    endpoint = WebhookEndpoint(failures=failures, failing_since=since)
    assert is_to_be_paused(endpoint, Attempt(NOW, 1, status, "no", 1)) is pauses
