"""Password history: the last N are refused, hashes alone are kept, N of them at most, and none of who is gone."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.core import mail
from django.utils import timezone

from accounts.credentials import hash_anew
from accounts.models import User
from accounts.passwords.history import hashes_of
from tenants.scope import use_tenant
from tests.acts import at_once, rows, statements_of
from tests.cast import PASSWORD, Answer, Api, Cast

SECOND, THIRD, FOURTH = (f"another horse battery staple {each}" for each in ("two", "three", "four"))
FORMER = "SELECT email, count(*) FROM former_passwords JOIN users ON users.id = user_id GROUP BY 1 ORDER BY 1"
REFUSED = (400, ["password_used_before"])


def remember(api: Api, number: int) -> None:
    assert api.patch("organization/policies/", {"password_history": number}).status == 200


def change(api: Api, current: str, password: str) -> Answer:
    return api.post("me/password/", {"current_password": current, "password": password})


def outcome(answer: Answer) -> object:
    return answer.status, [each["code"] for each in answer.body["errors"]] if answer.body else []


def test_without_a_policy_nothing_is_kept_or_compared(acme: Cast, alice: Api) -> None:
    assert [change(alice, PASSWORD, SECOND).status, change(alice, SECOND, PASSWORD).status] == [204, 204]
    assert change(alice, PASSWORD, PASSWORD).status == 204
    assert rows(FORMER, acme) == []


def test_one_is_the_password_that_is_in_use(acme: Cast, alice: Api) -> None:
    remember(alice, 1)
    assert outcome(change(alice, PASSWORD, PASSWORD)) == REFUSED
    assert [change(alice, PASSWORD, SECOND).status, change(alice, SECOND, PASSWORD).status] == [204, 204]
    assert rows(FORMER, acme) == []


def test_the_last_three_are_refused_and_the_one_before_is_not(acme: Cast, alice: Api) -> None:
    remember(alice, 3)
    for current, following in ((PASSWORD, SECOND), (SECOND, THIRD)):
        assert change(alice, current, following).status == 204
    assert [outcome(change(alice, THIRD, each)) for each in (PASSWORD, SECOND, THIRD)] == [REFUSED] * 3
    assert change(alice, THIRD, FOURTH).status == 204
    assert rows(FORMER, acme) == [("alice@acme.example", 2)]
    assert change(alice, FOURTH, PASSWORD).status == 204, "the fourth one back is forgotten"


def test_a_reset_by_mail_is_held_to_it_and_the_link_stays_good(
    acme: Cast, alice: Api, run_jobs: Callable[[], None]
) -> None:
    remember(alice, 2)
    Api().post("auth/password-reset/", {"email": "alice@acme.example"})
    run_jobs()
    found = re.search(r"/reset-password/#([\w-]+)", str(mail.outbox[-1].body))
    assert found is not None
    confirm = "auth/password-reset/confirm/"
    assert outcome(Api().post(confirm, {"token": found[1], "password": PASSWORD})) == REFUSED
    assert Api().post(confirm, {"token": found[1], "password": SECOND}).status == 204
    spent = Api().post(confirm, {"token": found[1], "password": SECOND})
    assert spent.body["code"] == "token_invalid", "a link that is spent tells nothing of passwords, and costs no hash"


def test_only_hashes_are_kept_and_the_trail_and_the_api_show_none(acme: Cast, alice: Api) -> None:
    remember(alice, 5)
    ((before,),) = rows("SELECT password_hash FROM users WHERE email = 'alice@acme.example'", acme)
    change(alice, PASSWORD, SECOND)
    assert rows("SELECT password_hash FROM former_passwords", acme) == [(before,)]
    told = str(rows("SELECT changes, resource_label FROM audit_logs", acme)) + str(alice.get("me/").body)
    assert [each for each in (before, PASSWORD, SECOND) if each in told] == []


def test_a_policy_that_keeps_less_forgets_at_once_the_oldest_of_everybody(acme: Cast, alice: Api, bob: Api) -> None:
    remember(alice, 4)
    for who in (alice, bob):
        for current, following in ((PASSWORD, SECOND), (SECOND, THIRD)):
            assert change(who, current, following).status == 204
    assert rows(FORMER, acme) == [("alice@acme.example", 2), ("bob@acme.example", 2)]
    remember(alice, 2)
    assert rows(FORMER, acme) == [("alice@acme.example", 1), ("bob@acme.example", 1)]
    assert outcome(change(bob, THIRD, SECOND)) == REFUSED, "the newest is what stays"
    remember(alice, 0)
    assert rows(FORMER, acme) == []


def test_they_go_with_the_person(acme: Cast, alice: Api, bob: Api) -> None:
    remember(alice, 4)
    change(bob, PASSWORD, SECOND)
    change(alice, PASSWORD, SECOND)
    assert alice.delete(f"users/{acme.people['bob'].id}/").status == 204
    assert rows(FORMER, acme) == [("alice@acme.example", 1)]


def test_a_password_that_is_only_hashed_anew_is_no_former_one(acme: Cast, alice: Api) -> None:
    remember(alice, 4)
    with use_tenant(acme.organization):
        hash_anew(User.objects.get(email="alice@acme.example"), PASSWORD, now=timezone.now())
    assert rows(FORMER, acme) == []
    assert outcome(change(alice, PASSWORD, PASSWORD)) == REFUSED


def test_of_two_changes_at_the_same_moment_what_each_replaced_is_kept(acme: Cast, alice: Api) -> None:
    remember(alice, 5)
    wanted = [SECOND, THIRD]
    answers = at_once(lambda number: change(Api(alice.access), PASSWORD, wanted[number]).status, 2)
    assert 204 in answers
    kept = rows("SELECT count(DISTINCT password_hash), count(*) FROM former_passwords", acme)
    assert kept == [(answers.count(204), answers.count(204))]


def test_it_costs_the_hashes_that_are_kept_and_no_more(acme: Cast, alice: Api) -> None:
    remember(alice, 3)
    change(alice, PASSWORD, SECOND)
    with use_tenant(acme.organization):
        user = User.objects.get(email="alice@acme.example")
        found: list[str] = []
        assert len(statements_of(lambda: found.extend(hashes_of(user)))) == 2
    assert (len(found), found[0]) == (2, user.password)
