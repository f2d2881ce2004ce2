"""The share of a quota that an agent may use (403 agent_share_exceeded), as exact as the quota itself."""

from __future__ import annotations

import pytest

from tests.acts import at_once, set_limit, used
from tests.cast import PASSWORD, Answer, Api, Cast
from tests.integration.accounts.api_keys.callers import outcome
from tests.integration.agents.leashed import REASON
from tests.integration.agents.limits.leashes import Leashed, leashed, people

pytestmark = pytest.mark.requirement("N6")


@pytest.fixture
def robin(acme: Cast) -> Leashed:
    """Let it use 20 of 100 executions."""
    set_limit(acme, "executions", 100)
    return leashed(acme, "quotas:read", "quotas:consume", quota_share=20)


def test_it_takes_its_share_and_others_the_rest(acme: Cast, alice: Api, robin: Leashed) -> None:
    assert alice.post("quotas/executions/consumptions/", {"amount": 50}).status == 201
    assert robin.take(20).status == 201
    refused = robin.take(1)
    assert (outcome(refused), refused.body["limit"], refused.body["used"]) == ((403, "agent_share_exceeded"), 20, 20)
    assert used(acme, "executions") == 70
    assert alice.post("quotas/executions/consumptions/", {"amount": 30}).status == 201
    assert outcome(robin.take(1)) == (403, "quota_exceeded")


def test_of_many_at_once_no_more_than_the_share_is_taken(acme: Cast, robin: Leashed) -> None:
    statuses = at_once(lambda _: robin.take(8).status, 4)
    assert (sorted(statuses), used(acme, "executions")) == ([201, 201, 403, 403], 16)


def test_what_it_holds_counts_and_what_comes_back_is_its_own_again(robin: Leashed) -> None:
    held = robin.api.post("quotas/executions/reservations/", {"amount": 15, "ttl": 60}, **REASON)
    assert (held.status, robin.take(6).status, robin.take(5).status) == (201, 403, 201)
    more = robin.api.post("quotas/executions/reservations/", {"amount": 1, "ttl": 60}, **REASON)
    assert outcome(more) == (403, "agent_share_exceeded")
    released = robin.api.post(f"quotas/reservations/{held.body['id']}/release/", **REASON)
    assert (released.status, robin.take(15).status) == (200, 201)


def test_it_follows_the_limit_and_a_dry_run_says_so(acme: Cast, robin: Leashed) -> None:
    assert (robin.take(21, Workix_Dry_Run="true").status, robin.take(20).status) == (403, 201)
    set_limit(acme, "executions", 200)
    assert [robin.take(20).status for _ in range(2)] == [201, 403]


def invite(robin: Leashed, number: int) -> Answer:
    person = {"email": f"new{number}@acme.example", "password": PASSWORD, "role": "user"}
    return robin.api.post("users/", person, **REASON)


def test_of_what_rows_are_counted_as_it_makes_its_share(acme: Cast, alice: Api) -> None:
    set_limit(acme, "users", 10)
    robin = leashed(acme, quota_share=20)
    made = [invite(robin, number) for number in range(3)]
    assert [each.status for each in made] == [201, 201, 403]
    assert (outcome(made[2]), made[2].body["limit"], made[2].body["used"]) == ((403, "agent_share_exceeded"), 2, 2)
    assert alice.post("users/", {"email": "x@acme.example", "password": PASSWORD, "role": "user"}).status == 201
    assert robin.api.delete(f"users/{made[0].body['id']}/", **REASON).status == 204
    assert [invite(robin, number).status for number in (4, 5)] == [201, 403]


def test_rows_of_others_that_it_removes_give_it_no_more(acme: Cast) -> None:
    robin, (path,) = leashed(acme, quota_share=2), people(acme, 1)
    assert (invite(robin, 1).status, robin.delete(path).status, invite(robin, 2).status) == (201, 204, 403)


def test_of_many_at_once_no_more_rows_than_the_share_are_made(acme: Cast) -> None:
    set_limit(acme, "users", 20)
    robin = leashed(acme, quota_share=10)
    statuses = at_once(lambda number: invite(robin, number).status, 4)
    assert sorted(statuses) == [201, 201, 403, 403]
