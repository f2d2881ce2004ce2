"""Password expiry: whoever is too late is told at the log-in, by API and pages alike, and comes back through a link."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import time_machine
from django.core import mail
from django.utils import timezone

from tests.acts import rows, statements_of
from tests.browsers import Browser
from tests.cast import PASSWORD, Answer, Api, Cast
from tests.integration.accounts.api_keys.callers import key_of

LOGIN = {"email": "alice@acme.example", "password": PASSWORD}
EXPIRED = (
    403,
    "password_expired",
    "Your password is older than your organization allows. Reset it (Forgot your password? on the page, or"
    " POST /auth/password-reset/): we mail you a link to a new one.",
)


def limit(api: Api, days: int | None) -> None:
    assert api.patch("organization/policies/", {"password_lifetime_days": days}).status == 200


def age(cast: Cast, days: float) -> None:
    rows("UPDATE users SET password_changed_at = now() - %(age)s", cast, age=timedelta(days=days))


def outcome(answer: Answer) -> tuple[int, str, str]:
    return answer.status, answer.body["code"], answer.body["detail"]


def test_a_log_in_after_its_time_is_refused_and_says_what_to_do(acme: Cast, alice: Api) -> None:
    age(acme, 30)
    assert Api().post("auth/login/", LOGIN).status == 200, "without a policy nothing expires"
    limit(alice, 31)
    assert Api().post("auth/login/", LOGIN).status == 200
    limit(alice, 30)
    assert outcome(Api().post("auth/login/", LOGIN)) == EXPIRED
    limit(alice, None)
    assert Api().post("auth/login/", LOGIN).status == 200


def test_a_wrong_password_is_told_nothing_of_it(acme: Cast, alice: Api) -> None:
    limit(alice, 1)
    age(acme, 2)
    answer = Api().post("auth/login/", LOGIN | {"password": "not it at all, no"})
    assert (answer.status, answer.body["code"]) == (401, "invalid_credentials")


def test_the_page_says_the_same(acme: Cast, alice: Api) -> None:
    limit(alice, 1)
    age(acme, 2)
    page = Browser(acme.host).log_in("alice@acme.example")
    assert (page.status, EXPIRED[2] in page.words) == (200, True)


def test_a_session_and_a_key_go_on(acme: Cast, alice: Api) -> None:
    key = Api(key_of(acme, "users:read"))
    limit(alice, 1)
    age(acme, 2)
    assert (alice.get("me/").status, key.get("users/").status) == (200, 200)


def test_a_reset_by_mail_begins_the_time_anew(acme: Cast, alice: Api, run_jobs: Callable[[], None]) -> None:
    limit(alice, 1)
    age(acme, 2)
    Api().post("auth/password-reset/", {"email": "alice@acme.example"})
    run_jobs()
    found = re.search(r"/reset-password/#([\w-]+)", str(mail.outbox[-1].body))
    assert found is not None
    new = "another horse battery staple"
    assert Api().post("auth/password-reset/confirm/", {"token": found[1], "password": new}).status == 204
    assert Api().post("auth/login/", LOGIN | {"password": new}).status == 200
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert outcome(Api().post("auth/login/", LOGIN | {"password": new})) == EXPIRED


def test_who_changes_it_in_time_begins_anew_and_a_change_of_name_does_not(acme: Cast, alice: Api) -> None:
    limit(alice, 10)
    age(acme, 9)
    when = "SELECT now() - password_changed_at > '8 days' FROM users WHERE email = 'alice@acme.example'"
    alice.patch("me/", {"first_name": "Alicia"})
    assert rows(when, acme) == [(True,)]
    alice.post("me/password/", {"current_password": PASSWORD, "password": "another horse battery staple"})
    assert rows(when, acme) == [(False,)]


def test_it_is_nobody_elses(acme: Cast, globex: Cast, alice: Api) -> None:
    limit(alice, 1)
    age(globex, 2)
    assert Api().post("auth/login/", LOGIN | {"email": "gina@globex.example"}).status == 200


def test_a_log_in_takes_no_statement_more(acme: Cast, alice: Api) -> None:
    def sent() -> list[str]:
        return statements_of(lambda: Api().post("auth/login/", LOGIN))

    before = sent()
    limit(alice, 30)
    assert sent() == before
    assert len([each for each in before if "security_policies" in each]) == 1
