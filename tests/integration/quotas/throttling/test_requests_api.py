"""Rate limits of requests over the API: who is counted for what, what the answer says, and what happens without a store."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import pytest
from pytest_django import Settings

from quotas.throttling import redis_store, requests
from quotas.throttling.in_flight import InFlight
from quotas.throttling.leases import Leases
from quotas.throttling.redis_store import RedisStore
from tests.acts import rows, statements_of
from tests.cast import Answer, Api, Cast
from tests.metrics import Change
from tests.servers import free_port
from workix.config.secrets import Secret

pytestmark = pytest.mark.usefixtures("_nothing_known")


@pytest.fixture(autouse=True)
def _limited(settings: Settings) -> None:
    limits = {"rate_limits": True, "requests_of_address": 2, "requests_of_actor": 3}
    settings.WORKIX = settings.WORKIX.model_copy(update=limits)


def said(answer: Answer) -> tuple[Any, ...]:
    headers = answer.headers
    return answer.status, headers.get("RateLimit"), headers.get("RateLimit-Policy")


def test_every_answer_says_what_is_left(alice: Api) -> None:
    policy = '"actor";q=3;w=60, "organization";q=3000;w=60'
    assert said(alice.get("me/")) == (200, '"actor";r=2;t=20, "organization";r=2999;t=6', policy)
    refused = [alice.get("me/") for _ in range(3)][-1]
    assert (refused.status, refused.body["code"], refused.headers["RateLimit-Policy"]) == (
        *(429, "rate_limited"),
        '"actor";q=3;w=60',
    )
    assert 0 < int(refused.headers["Retry-After"]) <= 20
    assert re.fullmatch(r'"actor";r=0;t=\d\d', refused.headers["RateLimit"])


def test_persons_count_for_themselves_and_together_for_their_organization(
    alice: Api, bob: Api, acme: Cast, gina: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotas.throttling.requests.OF_ORGANIZATION", {"free": 4})
    assert [alice.get("me/").status for _ in range(3)] + [bob.get("me/").status] == [200] * 4
    refused = bob.get("me/")
    assert refused.status == 429
    assert re.fullmatch(r"Too many requests of your organization\. Try again in \d+ seconds\.", refused.body["detail"])
    assert gina.get("me/").status == 200


def test_who_is_not_let_in_is_counted_by_address(acme: Cast, alice: Api) -> None:
    """No credential, a bad one, and a path that leads nowhere."""
    asked = [Api().get("me/"), Api("nonsense").get("me/"), Api().get("nowhere/")]
    assert [answer.status for answer in asked] == [401, 401, 429]
    assert asked[1].headers["RateLimit"].startswith('"address";r=0;t=')
    assert alice.get("me/").status == 200, "from the same address"


def test_what_is_refused_for_lack_of_a_permission_counts_too(bob: Api) -> None:
    assert [bob.get("audit-logs/").status for _ in range(4)] == [403] * 3 + [429]


def test_an_operation_with_a_counter_of_its_own_says_both(acme: Cast) -> None:
    answer = Api().post("api-keys/report-leak/", {"key": "wxk_nothing"})
    assert answer.status == 202
    assert answer.headers["RateLimit-Policy"].endswith(', "address";q=2;w=60')


def test_exports_have_a_rate_of_their_own(alice: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotas.throttling.requests.OF_SCOPE", {"exports": 1})
    found = [alice.get("audit-logs/export/?format=ndjson") for _ in range(2)]
    assert [answer.status for answer in found] == [200, 429]
    assert re.fullmatch(r"Too many requests for exports\. Try again in \d{4} seconds\.", found[1].body["detail"])
    assert alice.get("audit-logs/").status == 200


def test_health_is_not_limited(anonymous: Api) -> None:
    assert {said(anonymous.get("/health/live")) for _ in range(4)} == {(200, None, None)}


def test_turned_off_nothing_is_counted_and_nothing_said(alice: Api, settings: Settings) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"rate_limits": False})
    assert {said(alice.get("me/")) for _ in range(5)} == {(200, None, None)}


def test_well_under_the_limit_a_request_pays_no_round_trip(
    alice: Api, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "Leases", partial(Leases, clock=lambda: 0.0))  # what is leased is good for a second
    settings.WORKIX = settings.WORKIX.model_copy(update={"requests_of_actor": 1_200})
    first, *later = [len(statements_of(lambda: alice.get("me/"))) for _ in range(4)]
    assert (first, later) == (4, [1, 1, 1]), "the first looks the organization up, and takes of two rates"


def test_without_a_store_requests_are_answered_and_log_ins_are_not(
    alice: Api, acme: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table is gone, as the tables of both kinds of limit would be without their database."""
    monkeypatch.setattr(requests, "LEFT_ALONE", 600.0)
    rows("ALTER TABLE request_rates RENAME TO gone")
    rows("ALTER TABLE attempts RENAME TO gone_too")
    try:
        with Change("workix_rate_limits_down_total", outcome="open") as opened:
            assert {said(alice.get("me/")) for _ in range(5)} == {(200, None, None)}
        with Change("workix_rate_limits_down_total", outcome="closed") as closed:
            refused = Api().post("auth/login/", {"email": "alice@acme.example", "password": "wrong"})
    finally:
        rows("ALTER TABLE gone RENAME TO request_rates")
        rows("ALTER TABLE gone_too RENAME TO attempts")
    assert (opened.by, closed.by) == (1, 1), "for a while the store is left alone"
    assert (refused.status, refused.body["code"]) == (503, "unavailable")


def test_redis_counts_where_there_is_one_and_its_outage_stops_nobody(
    alice: Api, settings: Settings, redis_url: Secret, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_store, "RedisStore", partial(RedisStore, patience=30))
    settings.WORKIX = settings.WORKIX.model_copy(update={"redis_url": redis_url})
    assert alice.get("me/").headers["RateLimit"].startswith('"actor";r=2')
    assert rows("SELECT count(*) FROM request_rates") == [(0,)]
    requests.forget_all()
    settings.WORKIX = settings.WORKIX.model_copy(update={"redis_url": Secret(f"redis://127.0.0.1:{free_port()}/0")})
    assert {said(alice.get("me/")) for _ in range(5)} == {(200, None, None)}


def test_one_request_too_many_in_flight_is_told_to_come_again(
    alice: Api, acme: Cast, gina: Api, settings: Settings
) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"requests_at_once": 1})
    with InFlight(acme.organization.id, most=1):
        refused = alice.get("me/")
        assert gina.get("me/").status == 200
    assert (refused.status, refused.body["code"], refused.headers["Retry-After"]) == (503, "unavailable", "1")
    assert alice.get("me/").status == 200
