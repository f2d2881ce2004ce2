"""A rate limit of 10 requests (GCRA), two gunicorns, 120 requests at once: the burst that docs/api.md says, and no more."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.acts import at_once
from tests.customers import Customer
from tests.database import another_database
from tests.environment import WORKER
from tests.servers import Platform, redis_server

pytestmark = [pytest.mark.drill]

#: Of one person, in a minute.
MOST, HITS = 10, 120


@pytest.fixture(params=["postgres", "redis"])
def gunicorns(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Platform, Platform]]:
    """Start two servers of one platform, which share nothing but where requests are counted."""
    limits = {"WORKIX_RATE_LIMITS": "on", "WORKIX_REQUESTS_OF_ACTOR": str(MOST), "WORKIX_WEB_THREADS": "8"}
    with ExitStack() as stack:
        if request.param == "redis":
            limits["REDIS_URL"] = stack.enter_context(redis_server(tmp_path)).reveal()
        settings = stack.enter_context(another_database(f"workix_burst_{WORKER}"))
        first = Platform.at(settings, tmp_path / "first", **limits)
        second = Platform.at(
            settings, tmp_path / "second", **limits, WORKIX_PUBLIC_URL=first.settings["WORKIX_PUBLIC_URL"]
        )
        stack.enter_context(first.serving())
        (tmp_path / "second").mkdir()
        (tmp_path / "second" / "secrets").symlink_to(tmp_path / "first" / "secrets")  # each believes the other's tokens
        stack.enter_context(second.serving())
        yield first, second


@pytest.mark.requirement("S131")
def test_of_120_requests_at_once_at_two_gunicorns_exactly_the_burst_is_answered(
    gunicorns: tuple[Platform, Platform],
) -> None:
    customer = Customer(gunicorns[0], "acme")
    with gunicorns[0].working():
        customer.begin()
    started = time.monotonic()
    answers = at_once(lambda n: gunicorns[n % 2].call("GET", "/api/v1/me/", access=customer.access), HITS)
    come_back = int((time.monotonic() - started) // (60 / MOST))  # none, but on a machine that takes six seconds
    statuses = [answer.status for answer in answers]
    assert (statuses.count(200) + statuses.count(429), statuses.count(200) - MOST in range(come_back + 1)) == (
        HITS,
        True,
    )
    refused = [answer for answer in answers if answer.status == 429]
    assert {answer.body["code"] for answer in refused} == {"rate_limited"}
    assert {answer.headers["RateLimit-Policy"] for answer in refused} == {f'"actor";q={MOST};w=60'}
