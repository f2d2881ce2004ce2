"""POST /quotas/{resource}/consumptions/ and releases/, and the history."""

from __future__ import annotations

import pytest

from tests.acts import at_once, rows
from tests.cast import Api, Cast


@pytest.mark.requirement("S8")
def test_a_service_takes_and_gives_back(alice: Api, gina: Api) -> None:
    taken = alice.post("quotas/pipelines/consumptions/", {"amount": 4})
    assert (taken.status, taken.body["used"], taken.body["remaining"]) == (201, 4, 6)
    given = alice.post("quotas/pipelines/releases/", {"amount": 3})
    assert (given.status, given.body["used"], given.body["remaining"]) == (201, 1, 9)
    assert gina.get("quotas/pipelines/").body["used"] == 0


def test_one_is_meant_where_no_amount_is_named(alice: Api) -> None:
    assert alice.post("quotas/pipelines/consumptions/", {}).body["used"] == 1


def test_more_than_is_left_takes_nothing(alice: Api) -> None:
    alice.post("quotas/pipelines/consumptions/", {"amount": 8})
    refused = alice.post("quotas/pipelines/consumptions/", {"amount": 3})
    asked = {name: refused.body[name] for name in ("code", "resource", "limit", "used", "resets_at")}
    assert (refused.status, asked) == (
        403,
        {"code": "quota_exceeded", "resource": "pipelines", "limit": 10, "used": 8, "resets_at": None},
    )
    assert alice.get("quotas/pipelines/").body["used"] == 8


def test_more_than_was_taken_is_not_given_back(alice: Api) -> None:
    refused = alice.post("quotas/pipelines/releases/", {"amount": 1})
    assert (refused.status, refused.body["code"], alice.get("quotas/pipelines/").body["used"]) == (409, "conflict", 0)


@pytest.mark.parametrize("path", ["consumptions", "releases"])
def test_people_are_counted_by_the_platform_alone(alice: Api, path: str) -> None:
    assert alice.post(f"quotas/users/{path}/", {"amount": 1}).status == 409
    assert alice.get("quotas/users/").body["used"] == 3


@pytest.mark.parametrize("amount", [0, -1, 1_000_000_001, 2**31, "many", None, 1.5])
def test_an_amount_is_a_whole_number_from_one(alice: Api, amount: object) -> None:
    answer = alice.post("quotas/pipelines/consumptions/", {"amount": amount})
    assert (answer.status, answer.body["errors"][0]["field"]) == (400, "amount")


@pytest.mark.requirement("S131")
def test_many_who_take_at_once_take_exactly_what_is_there(alice: Api) -> None:
    answers = at_once(lambda _: alice.post("quotas/pipelines/consumptions/", {"amount": 1}).status, 24)
    assert (answers.count(201), answers.count(403)) == (10, 14)


def test_a_month_that_is_over_goes_into_the_history_and_the_counter_starts_anew(acme: Cast, alice: Api) -> None:
    alice.post("quotas/executions/consumptions/", {"amount": 7})
    rows("UPDATE quotas SET period_starts_on = '2026-01-01' WHERE resource = 'executions'")
    assert alice.get("quotas/executions/").body["used"] == 0
    assert alice.post("quotas/executions/consumptions/", {"amount": 2}).body["used"] == 2
    assert alice.get("quotas/executions/history/").body["results"] == [
        {"period_starts_on": "2026-01-01", "limit": 1000, "used": 7}
    ]
    assert alice.get("quotas/pipelines/history/").body["results"] == []
    assert alice.get("quotas/nonsense/history/").status == 404
