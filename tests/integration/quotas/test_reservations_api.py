"""POST /quotas/{resource}/reservations/, and commit and release of one: units held with a time to live."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from quotas.consumption import SomebodyElses
from quotas.reservations import release_reservation, reserve, return_expired
from tenants.scope import use_tenant
from tests.acts import at_once, rows, statements_of
from tests.cast import Answer, Api, Cast
from workix.core.current import Actor, Current

LAST_MONTH = "(date_trunc('month', now() AT TIME ZONE 'UTC') - interval '1 month')::date"
MINUTE = timedelta(minutes=1)


def hold(api: Api, amount: Any, resource: str = "executions", **more: Any) -> Answer:
    return api.post(f"quotas/{resource}/reservations/", {"amount": amount, **more})


def held(api: Api, amount: int, resource: str = "executions") -> str:
    answer = hold(api, amount, resource)
    assert answer.status == 201
    identity: str = answer.body["id"]
    return identity


def commit(api: Api, reservation: object, **body: Any) -> Answer:
    return api.post(f"quotas/reservations/{reservation}/commit/", body)


def release(api: Api, reservation: object) -> Answer:
    return api.post(f"quotas/reservations/{reservation}/release/")


def told(answer: Answer) -> tuple[Any, ...]:
    """Return the status, and the problem's code or what is used and reserved."""
    body = answer.body
    return (answer.status, body["code"]) if "code" in body else (answer.status, body["used"], body["reserved"])


def balance(api: Api, resource: str = "executions") -> tuple[int, int]:
    body = api.get(f"quotas/{resource}/").body
    assert body["remaining"] == body["limit"] - body["used"] - body["reserved"]
    return body["used"], body["reserved"]


def expire() -> None:
    """Let the time of what is held be over."""
    rows("UPDATE quota_reservations SET expires_at = now() WHERE ended_at IS NULL")


def turn_of_the_month() -> None:
    for table in ("quotas", "quota_reservations"):
        rows(f"UPDATE {table} SET period_starts_on = {LAST_MONTH} WHERE resource = 'executions'")  # noqa: S608  # ours


@pytest.mark.requirement("S8")
def test_reserving_answers_with_an_id_an_end_and_the_new_balance(alice: Api) -> None:
    answer = hold(alice, 4, "pipelines", ttl=60)
    identity, ends = answer.body.pop("id"), datetime.fromisoformat(answer.body.pop("expires_at"))
    numbers = {"limit": 10, "burst": 0, "used": 0, "reserved": 4, "remaining": 6, "over_limit": False}
    expected = {"amount": 4, "resource": "pipelines", **numbers, "period": "none", "resets_at": None}
    assert (answer.status, UUID(identity).version, answer.body) == (201, 7, expected)
    ((made, kept),) = rows("SELECT created_at, expires_at FROM quota_reservations")
    assert (ends, kept - made) == (kept, MINUTE)
    assert told(hold(alice, 7, "pipelines")) == (403, "quota_exceeded")
    assert balance(alice, "pipelines") == (0, 4)


def test_whole_or_part_of_it_is_committed_under_its_id_and_the_rest_is_free(alice: Api) -> None:
    whole, part = held(alice, 4), held(alice, 5)
    committed = commit(alice, whole)
    assert (told(committed), committed.body["id"]) == ((201, 4, 5), whole)
    assert told(commit(alice, part, amount=2)) == (201, 6, 0)
    assert rows("SELECT id::text, amount FROM quota_movements ORDER BY created_at") == [(whole, 4), (part, 2)]
    assert told(alice.post("quotas/executions/releases/", {"consumption": part})) == (201, 4, 0)


def test_what_is_released_is_free_and_no_movement(alice: Api) -> None:
    reservation = held(alice, 4)
    assert told(release(alice, reservation)) == (200, 0, 0)
    assert rows("SELECT count(*) FROM quota_movements") == [(0,)]


def test_a_reservation_ends_once(alice: Api) -> None:
    for end, code in ((commit, "already_committed"), (release, "already_released")):
        reservation, before = held(alice, 4), balance(alice)[0]
        assert end(alice, reservation).status in {200, 201}
        for again in (commit, release):
            assert told(again(alice, reservation)) == (409, code)
        assert balance(alice) == (before + (4 if end is commit else 0), 0)


def test_more_than_it_holds_is_not_committed(alice: Api) -> None:
    reservation = held(alice, 4)
    answer = commit(alice, reservation, amount=5)
    assert (answer.status, answer.body["errors"]) == (
        400,
        [{"field": "amount", "code": "max_value", "detail": "This reservation holds 4."}],
    )
    assert balance(alice) == (0, 4)


@pytest.mark.parametrize(
    ("body", "field"),
    [({"amount": 0}, "amount"), ({"amount": "1\x00"}, "amount"), ({"ttl": 0}, "ttl"), ({"ttl": 86_401}, "ttl")],
)
def test_amount_and_time_to_live_are_whole_numbers_within_bounds(alice: Api, body: Any, field: str) -> None:
    answer = alice.post("quotas/executions/reservations/", body)
    assert (answer.status, answer.body["errors"][0]["field"]) == (400, field)
    assert balance(alice) == (0, 0)


def test_what_expired_is_free_for_the_next_decision_and_holds_nothing(alice: Api) -> None:
    reservation = held(alice, 8, "pipelines")
    expire()
    assert balance(alice, "pipelines") == (0, 0)
    assert rows("SELECT reserved FROM quotas WHERE resource = 'pipelines' AND reserved > 0") == [(8,)]
    assert told(hold(alice, 9, "pipelines")) == (201, 0, 9)
    for end in (commit, release):
        assert told(end(alice, reservation)) == (409, "reservation_expired")
    assert balance(alice, "pipelines") == (0, 9)


def test_a_job_ends_what_expired(alice: Api, gina: Api) -> None:
    for api in (alice, gina, alice):
        held(api, 3)
    expire()
    kept = held(alice, 2)
    assert (return_expired(), return_expired()) == (3, 0)
    assert rows("SELECT sum(reserved) FROM quotas") == [(2,)]
    assert rows("SELECT id::text FROM quota_reservations WHERE outcome <> 'expired'") == [(kept,)]


def test_of_16_who_find_all_held_by_what_expired_as_many_succeed_as_there_are_units(alice: Api) -> None:
    for _ in range(2):
        held(alice, 5, "pipelines")
    expire()
    answers = at_once(lambda _: hold(alice, 1, "pipelines").status, 16)
    assert (sorted(answers), balance(alice, "pipelines")) == ([201] * 10 + [403] * 6, (0, 10))


def test_of_8_who_end_one_reservation_one_succeeds(alice: Api) -> None:
    reservation = held(alice, 4)
    answers = at_once(lambda n: (commit if n % 2 else release)(alice, reservation).status, 8)
    assert len([status for status in answers if status != 409]) == 1
    assert balance(alice) == ((4 if 201 in answers else 0), 0)


@pytest.mark.parametrize("moved_first", [False, True])
def test_what_is_committed_after_the_month_turned_was_used_in_the_month_that_is_over(
    alice: Api, moved_first: bool
) -> None:
    reservation, left = held(alice, 4), held(alice, 5)
    turn_of_the_month()
    if moved_first:
        alice.post("quotas/executions/consumptions/", {"amount": 1})
    assert told(commit(alice, reservation, amount=3)) == (201, int(moved_first), 0)
    assert told(release(alice, left)) == (200, int(moved_first), 0)
    assert alice.get("quotas/executions/history/").body["results"][0]["used"] == 3
    again = alice.post("quotas/executions/releases/", {"consumption": reservation})
    assert told(again) == (409, "period_is_over")


def test_the_same_call_again_holds_and_commits_once(alice: Api) -> None:
    first, second = (
        alice.post("quotas/executions/reservations/", {"amount": 2}, Idempotency_Key="once") for _ in range(2)
    )
    assert (first.body, second.headers["Idempotency-Replayed"]) == (second.body, "true")
    path = f"quotas/reservations/{first.body['id']}/commit/"
    answers = [alice.post(path, {}, Idempotency_Key="twice") for _ in range(2)]
    assert [told(answer) for answer in answers] == [(201, 2, 0)] * 2


def test_each_act_is_told_to_the_trail(acme: Cast, alice: Api) -> None:
    kept, given = held(alice, 4), held(alice, 5)
    commit(alice, kept, amount=3)
    release(alice, given)
    asked = "SELECT action, resource_id, changes FROM audit_logs WHERE resource_type = 'quota' ORDER BY created_at"
    assert rows(asked, acme) == [
        ("quota.reserved", "executions", {"reservation": kept, "resource": "executions", "amount": 4}),
        ("quota.reserved", "executions", {"reservation": given, "resource": "executions", "amount": 5}),
        ("quota.committed", "executions", {"reservation": kept, "resource": "executions", "amount": 3}),
        ("quota.reservation_released", "executions", {"reservation": given, "resource": "executions"}),
    ]


@pytest.mark.requirement("S133")
def test_a_reservation_of_another_organization_is_not_there(alice: Api, gina: Api) -> None:
    reservation = held(alice, 4)
    answers = [told(end(gina, each)) for end in (commit, release) for each in (reservation, uuid4())]
    assert (answers, balance(alice)) == ([(404, "not_found")] * 4, (0, 4))


@pytest.mark.requirement("S13")
def test_somebody_elses_reservation_is_theirs_to_commit_and_an_admins_to_release(
    acme: Cast, alice: Api, bob: Api
) -> None:
    person = acme.people["bob"]
    with use_tenant(acme.organization), Current.scoped(actor=Actor("person", person.id, person.email)):
        reservation = reserve("executions", 5, ttl=MINUTE).id
    with use_tenant(acme.organization), pytest.raises(SomebodyElses):
        release_reservation(reservation)
    assert [told(commit(each, reservation))[0] for each in (alice, bob)] == [403, 403]
    assert told(release(alice, reservation)) == (200, 0, 0)


@pytest.mark.requirement("S124")
def test_consuming_and_reserving_are_two_queries_beyond_authentication(alice: Api) -> None:
    for path in ("quotas/executions/consumptions/", "quotas/executions/reservations/"):
        alice.post(path, {})
        who, decision, entry = statements_of(lambda path=path: alice.post(path, {}))  # type: ignore[misc]  # of the loop
        assert ("my_organization_is_open" in who, "_quota(" in decision, "record_event" in entry) == (True,) * 3


def test_what_the_platform_counts_or_nobody_does_is_not_reserved(alice: Api) -> None:
    assert told(hold(alice, 1, "users")) == (409, "conflict")
    assert told(hold(alice, 1, "nothing")) == (404, "not_found")
