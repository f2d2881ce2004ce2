"""An agent's calls in an hour (429 agent_limit): exact under concurrency, and whatever they ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from agents.limits.calls import count_call
from agents.models import Agent
from tenants.scope import use_tenant
from tests.acts import at_once, rows
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.agents.leashed import REASON
from tests.integration.agents.limits.leashes import leashed

pytestmark = pytest.mark.requirement("N6")

DAVE = {"email": "dave@acme.example", "password": PASSWORD, "role": "user"}


def test_it_makes_as_many_calls_as_it_may_and_is_told_when_to_come_again(acme: Cast) -> None:
    robin = leashed(acme, calls_per_hour=2)
    first, second, third = (robin.api.get("users/") for _ in range(3))
    assert (first.status, second.status, outcome(third)) == (200, 200, (429, "agent_limit"))
    assert [each.headers["RateLimit"].partition(";t=3")[0] for each in (first, second)] == [
        '"agent";r=1',
        '"agent";r=0',
    ]
    assert third.headers["RateLimit-Policy"].split(",")[0] == '"agent";q=2;w=3600'
    assert 3000 < int(third.headers["Retry-After"]) <= 3600


def test_of_many_at_once_no_more_get_through(acme: Cast) -> None:
    robin = leashed(acme, calls_per_hour=3)
    statuses = at_once(lambda _: robin.api.get("quotas/").status, 6)
    assert sorted(statuses) == [200, 200, 200, 429, 429, 429]


def test_dry_runs_refusals_and_paths_that_lead_nowhere_count(acme: Cast) -> None:
    robin = leashed(acme, calls_per_hour=3)
    assert robin.api.post("users/", DAVE, Workix_Dry_Run="true", **REASON).status == 201
    assert [robin.api.get(path).status for path in ("audit-logs/", "nowhere/", "users/")] == [403, 404, 429]


@pytest.mark.parametrize("header", [{"Workix_Reason": "short"}, {"Workix_Trace": "/"}, {"Workix_Dry_Run": "maybe"}])
def test_a_call_with_a_header_that_is_wrong_counts(acme: Cast, header: dict[str, str]) -> None:
    robin = leashed(acme, calls_per_hour=1)
    assert [robin.api.post("users/", DAVE, **{**REASON, **header}).status for _ in range(2)] == [400, 429]


def test_another_agent_of_the_same_owner_has_calls_of_its_own(acme: Cast) -> None:
    robin, wren = leashed(acme, calls_per_hour=1), leashed(acme, calls_per_hour=1)
    assert [each.api.get("users/").status for each in (robin, robin, wren)] == [200, 429, 200]


def test_another_limit_holds_from_the_next_call(acme: Cast, alice: Api) -> None:
    robin = leashed(acme, calls_per_hour=1)
    assert [robin.api.get("users/").status for _ in range(2)] == [200, 429]
    alice.patch(f"agents/{robin.id}/", {"calls_per_hour": 2})
    assert [robin.api.get("users/").status for _ in range(2)] == [200, 429]


def test_a_clock_that_jumped_neither_opens_nor_locks_it_for_longer(acme: Cast) -> None:
    agent, now = leashed(acme, calls_per_hour=1), timezone.now()
    with use_tenant(acme.organization):
        row = Agent.objects.get(id=agent.id)
    count_call(row, now=now + timedelta(days=400))
    assert agent.api.get("users/").status == 429
    ((since,),) = rows("SELECT since FROM attempts WHERE name = 'agent'")
    assert since <= timezone.now()
