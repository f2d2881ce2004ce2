"""POST /quotas/{resource}/releases/: what a consumption took is given back once, in its period, by whoever may."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from quotas.consumption import AlreadyReleased, SomebodyElses, consume, release
from quotas.limits import balance_of
from tenants.scope import use_tenant
from tests.acts import at_once, rows
from tests.cast import Answer, Api, Cast
from workix.core.current import Actor, Current
from workix.core.errors import NotFound

THIS_MONTH = "date_trunc('month', now() AT TIME ZONE 'UTC')"


def take(api: Api, amount: int, resource: str = "executions") -> str:
    answer = api.post(f"quotas/{resource}/consumptions/", {"amount": amount})
    assert answer.status == 201
    identity: str = answer.body["id"]
    return identity


def give_back(api: Api, consumption: Any, resource: str = "executions", **more: Any) -> Answer:
    return api.post(f"quotas/{resource}/releases/", {"consumption": consumption, **more})


def outcome(answer: Answer) -> tuple[int, Any]:
    return answer.status, answer.body.get("code", answer.body.get("used"))


def used(api: Api, resource: str = "executions") -> int:
    found: int = api.get(f"quotas/{resource}/").body["used"]
    return found


def acting(cast: Cast, name: str) -> Any:
    """Act as somebody of the cast, whatever their role lets them do over HTTP."""
    person = cast.people[name]
    return Current.scoped(actor=Actor("person", person.id, person.email))


@pytest.mark.requirement("N4")
@pytest.mark.requirement("S8")
def test_what_was_taken_is_given_back_and_the_new_balance_told(alice: Api) -> None:
    kept, given = take(alice, 2, "pipelines"), take(alice, 4, "pipelines")
    answer = give_back(alice, given, "pipelines")
    assert (answer.status, answer.body) == (
        201,
        {
            "resource": "pipelines",
            "limit": 10,
            "burst": 0,
            "used": 2,
            "reserved": 0,
            "remaining": 8,
            "over_limit": False,
            "period": "none",
            "resets_at": None,
        },
    )
    assert rows("SELECT given_back, released_at IS NULL FROM quota_movements ORDER BY amount") == [
        (0, True),
        (4, False),
    ]
    assert outcome(give_back(alice, kept, "pipelines")) == (201, 0)


@pytest.mark.requirement("N4")
@pytest.mark.parametrize("amounts", [({}, {}), ({"amount": 3}, {"amount": 1}), ({"amount": 4}, {})])
def test_a_consumption_is_given_back_once(alice: Api, amounts: tuple[dict[str, int], dict[str, int]]) -> None:
    take(alice, 6)
    consumption, (first, second) = take(alice, 4), amounts
    left = 10 - first.get("amount", 4)
    assert outcome(give_back(alice, consumption, **first)) == (201, left)
    assert outcome(give_back(alice, consumption, **second)) == (409, "already_released")
    assert used(alice) == left


@pytest.mark.requirement("S131")
def test_of_16_who_give_one_consumption_back_one_succeeds(alice: Api) -> None:
    take(alice, 50)
    consumption = take(alice, 3)
    answers = at_once(lambda _: outcome(give_back(alice, consumption)), 16)
    assert (sorted(answers, key=str), used(alice)) == ([(201, 50)] + [(409, "already_released")] * 15, 50)


@pytest.mark.requirement("N4")
@pytest.mark.fault("D2")
def test_an_admin_who_used_all_of_a_month_cannot_begin_again(acme: Cast, alice: Api) -> None:
    """What fell once: consume 1,000 of 1,000, then give 1,000 back without saying which."""
    for _ in range(10):
        take(alice, 100)
    for asked in ({"amount": 1_000}, {"amount": 1}, {}, {"consumption": None}):
        answer = alice.post("quotas/executions/releases/", asked)
        assert (answer.status, answer.body["code"]) == (400, "validation_error")
    assert outcome(give_back(alice, str(uuid4()), amount=1_000)) == (404, "not_found")
    assert used(alice) == 1_000


@pytest.mark.requirement("N4")
def test_more_than_it_took_is_not_given_back(alice: Api) -> None:
    take(alice, 6)
    consumption = take(alice, 4)
    answer = give_back(alice, consumption, amount=5)
    assert (*outcome(answer), answer.body["errors"]) == (
        400,
        "validation_error",
        [{"field": "amount", "code": "max_value", "detail": "This consumption took 4."}],
    )
    assert used(alice) == 10
    assert outcome(give_back(alice, consumption, amount=4)) == (201, 6)


@pytest.mark.requirement("N4")
def test_what_was_taken_in_a_month_that_is_over_stays_taken(acme: Cast, alice: Api) -> None:
    consumption = take(alice, 7)
    last_month = f"{THIS_MONTH} - interval '1 month'"
    rows(f"UPDATE quotas SET period_starts_on = {last_month} WHERE resource = 'executions'")
    rows(f"UPDATE quota_movements SET period_starts_on = {last_month}")
    assert outcome(give_back(alice, consumption)) == (409, "period_is_over")
    take(alice, 9)
    assert outcome(give_back(alice, consumption)) == (409, "period_is_over")
    assert used(alice) == 9
    assert alice.get("quotas/executions/history/").body["results"][0]["used"] == 7


def test_what_counts_what_is_there_is_given_back_in_any_month(alice: Api) -> None:
    consumption = take(alice, 7, "pipelines")
    for table in ("quotas", "quota_movements"):
        rows(f"UPDATE {table} SET period_starts_on = {THIS_MONTH} - interval '1 year' WHERE resource = 'pipelines'")
    assert outcome(give_back(alice, consumption, "pipelines")) == (201, 0)


@pytest.mark.requirement("S133")
def test_a_consumption_of_another_organization_or_resource_is_not_there(alice: Api, gina: Api) -> None:
    consumption = take(alice, 4)
    take(gina, 4)
    answers = [outcome(give_back(gina, consumption)), outcome(give_back(alice, consumption, "pipelines"))]
    assert answers == [(404, "not_found")] * 2
    assert (used(alice), used(gina)) == (4, 4)


@pytest.mark.requirement("S13")
def test_somebody_elses_units_are_given_back_by_who_may_for_anybody(acme: Cast, alice: Api) -> None:
    with use_tenant(acme.organization):
        with acting(acme, "bob"):
            taken = consume("executions", 5)
        with acting(acme, "vera"), pytest.raises(SomebodyElses):
            release("executions", taken.id)
        assert balance_of("executions").used == 5
        with acting(acme, "bob"):
            assert release("executions", taken.id, 2).used == 3
        with acting(acme, "bob"), pytest.raises(AlreadyReleased):
            release("executions", taken.id)
        with acting(acme, "bob"):
            another = consume("executions", 4)
    assert outcome(give_back(alice, str(another.id))) == (201, 3)


@pytest.mark.requirement("S13")
def test_only_who_may_consume_gives_back(alice: Api, bob: Api, vera: Api, anonymous: Api) -> None:
    consumption = take(alice, 1)
    assert [give_back(person, consumption).status for person in (bob, vera, anonymous)] == [403, 403, 401]
    assert used(alice) == 1


@pytest.mark.requirement("N4")
def test_what_was_given_back_is_told_to_the_trail(acme: Cast, alice: Api) -> None:
    consumption = take(alice, 4)
    give_back(alice, consumption, amount=3)
    give_back(alice, consumption, amount=1)
    entries = alice.get("audit-logs/?resource_type=quota").body["results"]
    said = {"consumption": consumption, "resource": "executions"}
    assert [(each["action"], each["resource_id"], each["changes"]) for each in entries] == [
        ("quota.released", "executions", {**said, "amount": 3}),
        ("quota.consumed", "executions", {**said, "amount": 4}),
    ]


def test_people_are_counted_by_the_platform_itself(alice: Api) -> None:
    assert outcome(give_back(alice, str(uuid4()), "users")) == (409, "conflict")
    assert used(alice, "users") == 3


def test_what_is_not_counted_is_not_there(acme: Cast, alice: Api) -> None:
    assert outcome(give_back(alice, str(uuid4()), "nothing")) == (404, "not_found")
    with use_tenant(acme.organization), pytest.raises(NotFound):
        release("nothing", uuid4())


@pytest.mark.parametrize("consumption", ["x", None, [], {}, "' OR 1=1", "01a206e4-4f12-7b0a-ac0e-50db732c647"])
def test_a_consumption_is_named_by_its_id(alice: Api, consumption: Any) -> None:
    answer = give_back(alice, consumption)
    assert (*outcome(answer), answer.body["errors"][0]["field"]) == (400, "validation_error", "consumption")


@pytest.mark.parametrize("amount", [0, -1, 1_000_000_001, "many", None, 1.5])
def test_an_amount_is_a_whole_number_from_one(alice: Api, amount: Any) -> None:
    answer = give_back(alice, take(alice, 4), amount=amount)
    assert (*outcome(answer), answer.body["errors"][0]["field"]) == (400, "validation_error", "amount")
    assert used(alice) == 4


def test_movements_of_an_act_that_fails_never_were(acme: Cast, alice: Api) -> None:
    consumption = UUID(take(alice, 4))
    with use_tenant(acme.organization), acting(acme, "alice"):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            consume("executions", 3)
            release("executions", consumption)
            raise ZeroDivisionError
        assert (balance_of("executions").used, release("executions", consumption).used) == (4, 0)
    assert rows("SELECT amount, given_back FROM quota_movements") == [(4, 4)]
