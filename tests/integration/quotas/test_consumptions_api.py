"""POST /quotas/{resource}/consumptions/ and /releases/, GET /quotas/{resource}/history/."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acts import at_once, rows
from tests.cast import Answer, Api, Cast


def outcome(answer: Answer) -> tuple[int, Any]:
    return answer.status, answer.body.get("code", answer.body.get("used"))


def take(api: Api, amount: Any, resource: str = "pipelines") -> Answer:
    return api.post(f"quotas/{resource}/consumptions/", {"amount": amount})


def give_back(api: Api, amount: Any, resource: str = "pipelines") -> Answer:
    return api.post(f"quotas/{resource}/releases/", {"amount": amount})


@pytest.mark.requirement("N4")
def test_taking_and_giving_back_answer_with_the_new_balance(alice: Api) -> None:
    taken = take(alice, 4)
    assert (taken.status, taken.body) == (
        201,
        {
            "resource": "pipelines",
            "limit": 10,
            "used": 4,
            "reserved": 0,
            "remaining": 6,
            "period": "none",
            "resets_at": None,
        },
    )
    assert outcome(give_back(alice, 3)) == (201, 1)
    assert alice.post("quotas/pipelines/consumptions/", {}).body["used"] == 2


@pytest.mark.requirement("N4")
def test_more_than_is_left_is_refused_and_nothing_is_taken(alice: Api) -> None:
    assert outcome(take(alice, 8)) == (201, 8)
    answer = take(alice, 3)
    assert (*outcome(answer), answer.body["limit"], answer.body["used"]) == (403, "quota_exceeded", 10, 8)
    assert outcome(take(alice, 2)) == (201, 10)


def test_more_than_was_taken_cannot_be_given_back(alice: Api) -> None:
    assert outcome(take(alice, 2)) == (201, 2)
    assert outcome(give_back(alice, 3)) == (409, "conflict")
    assert outcome(give_back(alice, 2)) == (201, 0)


def test_people_are_counted_by_the_platform_itself(alice: Api) -> None:
    for act in (take, give_back):
        assert outcome(act(alice, 1, "users")) == (409, "conflict")
    assert alice.get("quotas/users/").body["used"] == 3


@pytest.mark.requirement("S13")
def test_only_an_admin_takes_and_gives_back(alice: Api, bob: Api, vera: Api, anonymous: Api) -> None:
    for act in (take, give_back):
        assert [outcome(act(person, 1))[0] for person in (bob, vera, anonymous)] == [403, 403, 401]
    assert outcome(take(alice, 1)) == (201, 1)


def test_what_is_not_counted_is_not_there(alice: Api) -> None:
    for act in (take, give_back):
        assert outcome(act(alice, 1, "nothing")) == (404, "not_found")
    assert outcome(alice.get("quotas/nothing/history/")) == (404, "not_found")


@pytest.mark.requirement("S122")
@pytest.mark.parametrize("amount", [0, -1, 2**31, 10**30, 1.5, "many", None, [], {}, "1; DROP TABLE quotas"], ids=str)
def test_an_amount_is_a_whole_number_of_one_or_more(alice: Api, amount: Any) -> None:
    sent = amount if not isinstance(amount, int) or amount < 2**63 else str(amount)
    for act in (take, give_back):
        assert outcome(act(alice, sent)) == (400, "validation_error")
    assert alice.get("quotas/pipelines/").body["used"] == 0


@pytest.mark.requirement("S131")
def test_of_16_who_take_one_of_ten_exactly_ten_succeed(alice: Api) -> None:
    answers = at_once(lambda _: take(alice, 1).status, 16)
    assert (sorted(answers), alice.get("quotas/pipelines/").body["used"]) == ([201] * 10 + [403] * 6, 10)


def test_periods_that_are_over_are_listed_newest_first(acme: Cast, alice: Api, vera: Api) -> None:
    for month, used in ((9, 90), (10, 100)):
        rows(
            "INSERT INTO past_usage (id, created_at, updated_at, organization_id, resource, period_starts_on, "
            "\"limit\", used) VALUES (gen_random_uuid(), now(), now(), %(id)s, 'executions',"
            " make_date(2026, %(month)s, 1), 1000, %(used)s)",
            id=acme.organization.id,
            month=month,
            used=used,
        )
    for person in (alice, vera):
        body = person.get("quotas/executions/history/").body
        assert (body["count"], [each["used"] for each in body["results"]]) == (2, [100, 90])
    assert alice.get("quotas/pipelines/history/").body["results"] == []
