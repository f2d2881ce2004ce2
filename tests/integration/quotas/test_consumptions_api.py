"""POST /quotas/{resource}/consumptions/, GET /quotas/{resource}/history/."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.acts import at_once, rows
from tests.cast import Answer, Api, Cast


def outcome(answer: Answer) -> tuple[int, Any]:
    return answer.status, answer.body.get("code", answer.body.get("used"))


def take(api: Api, amount: Any, resource: str = "pipelines") -> Answer:
    return api.post(f"quotas/{resource}/consumptions/", {"amount": amount})


@pytest.mark.requirement("N4")
@pytest.mark.requirement("S8")
def test_taking_answers_with_an_id_and_the_new_balance(alice: Api, gina: Api) -> None:
    taken = take(alice, 4)
    identity = taken.body.pop("id")
    assert (taken.status, UUID(identity).version, taken.body) == (
        201,
        7,
        {
            "resource": "pipelines",
            "limit": 10,
            "burst": 0,
            "used": 4,
            "reserved": 0,
            "remaining": 6,
            "over_limit": False,
            "period": "none",
            "resets_at": None,
        },
    )
    again = alice.post("quotas/pipelines/consumptions/", {})
    assert (again.body["used"], again.body["id"] != identity) == (5, True)
    assert gina.get("quotas/pipelines/").body["used"] == 0


@pytest.mark.requirement("N4")
def test_more_than_is_left_is_refused_and_nothing_is_taken(acme: Cast, alice: Api) -> None:
    assert outcome(take(alice, 8)) == (201, 8)
    answer = take(alice, 3)
    told = {name: answer.body[name] for name in ("code", "resource", "limit", "used", "resets_at")}
    assert (answer.status, told) == (
        403,
        {"code": "quota_exceeded", "resource": "pipelines", "limit": 10, "used": 8, "resets_at": None},
    )
    assert rows("SELECT amount FROM quota_movements") == [(8,)]
    assert outcome(take(alice, 2)) == (201, 10)


@pytest.mark.requirement("N4")
def test_what_is_taken_is_kept_with_who_took_it_and_told_to_the_trail(acme: Cast, alice: Api) -> None:
    taken = take(alice, 7, "executions")
    (kept,) = rows(
        "SELECT id, organization_id, resource, amount, given_back, actor_type, actor_id, actor_label, released_at,"
        " period_starts_on = date_trunc('month', now() AT TIME ZONE 'UTC') FROM quota_movements"
    )
    person = acme.people["alice"]
    who = ("person", person.id, "alice@acme.example")
    assert kept == (UUID(taken.body["id"]), acme.organization.id, "executions", 7, 0, *who, None, True)
    entry = alice.get("audit-logs/").body["results"][0]
    said = {name: entry[name] for name in ("action", "resource_type", "resource_id", "changes")}
    assert said == {
        "action": "quota.consumed",
        "resource_type": "quota",
        "resource_id": "executions",
        "changes": {"consumption": taken.body["id"], "resource": "executions", "amount": 7},
    }
    told = {"type": "person", "id": str(person.id), "label": "alice@acme.example", "on_behalf_of": None}
    assert entry["actor"] == told


@pytest.mark.requirement("N4")
def test_the_same_call_again_takes_once_and_names_the_same_consumption(alice: Api) -> None:
    first, second = (
        alice.post("quotas/pipelines/consumptions/", {"amount": 2}, Idempotency_Key="once") for _ in range(2)
    )
    assert (first.status, second.status, first.body == second.body, second.body["used"]) == (201, 201, True, 2)
    assert alice.get("quotas/pipelines/").body["used"] == 2


def test_people_are_counted_by_the_platform_itself(alice: Api) -> None:
    answer = take(alice, 1, "users")
    assert (*outcome(answer), answer.body["detail"]) == (
        409,
        "conflict",
        "People are counted by the platform itself, as they come and go.",
    )
    assert alice.get("quotas/users/").body["used"] == 3


@pytest.mark.requirement("S13")
def test_only_an_admin_takes(alice: Api, bob: Api, vera: Api, anonymous: Api) -> None:
    assert [outcome(take(person, 1))[0] for person in (bob, vera, anonymous)] == [403, 403, 401]
    assert outcome(take(alice, 1)) == (201, 1)


def test_what_is_not_counted_is_not_there(alice: Api) -> None:
    assert outcome(take(alice, 1, "nothing")) == (404, "not_found")
    assert outcome(alice.get("quotas/nothing/history/")) == (404, "not_found")


@pytest.mark.requirement("S122")
@pytest.mark.parametrize(
    "amount", [0, -1, 1_000_000_001, 2**31, 10**30, 1.5, "many", None, [], {}, "1; DROP TABLE quotas"], ids=str
)
def test_an_amount_is_a_whole_number_of_one_or_more(alice: Api, amount: Any) -> None:
    sent = amount if not isinstance(amount, int) or amount < 2**63 else str(amount)
    answer = take(alice, sent)
    assert (*outcome(answer), answer.body["errors"][0]["field"]) == (400, "validation_error", "amount")
    assert alice.get("quotas/pipelines/").body["used"] == 0


@pytest.mark.requirement("S131")
def test_of_64_who_take_one_of_ten_exactly_ten_succeed(alice: Api) -> None:
    answers = at_once(lambda _: take(alice, 1).status, 64)
    assert (sorted(answers), alice.get("quotas/pipelines/").body["used"]) == ([201] * 10 + [403] * 54, 10)
    assert rows("SELECT count(*), sum(amount) FROM quota_movements") == [(10, 10)]


def test_a_month_that_is_over_goes_into_the_history_and_the_counter_starts_anew(acme: Cast, alice: Api) -> None:
    take(alice, 7, "executions")
    rows("UPDATE quotas SET period_starts_on = '2026-01-01' WHERE resource = 'executions'")
    assert alice.get("quotas/executions/").body["used"] == 0
    assert outcome(take(alice, 2, "executions")) == (201, 2)
    assert alice.get("quotas/executions/history/").body["results"] == [
        {"period_starts_on": "2026-01-01", "limit": 1000, "used": 7}
    ]
    assert alice.get("quotas/pipelines/history/").body["results"] == []


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
