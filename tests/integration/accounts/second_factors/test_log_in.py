"""The second step of a log-in over the API: challenge, code, recovery code; what is told, and what a device is worth."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Purpose, User
from accounts.tokens import email_tokens
from accounts.tokens.mailbox_proofs import of_password
from tenants.scope import use_tenant
from tests.acts import at_once, join, rows, statements_of
from tests.cast import OTTO, Api, Cast, hire_otto
from tests.integration.accounts.second_factors.phones import (
    ALICE,
    OVER,
    WRONG_CODE,
    actions,
    answer,
    challenge_for,
    give_phone,
    log_in,
    outcome,
    phone_of,
)


def test_a_right_password_gets_a_challenge_and_a_code_completes_it(acme: Cast) -> None:
    phone = give_phone(acme)
    asked = log_in()
    told = asked.body["second_factor"]
    assert (asked.status, "access" in asked.body, "Bearer" in asked.headers["WWW-Authenticate"]) == (401, False, True)
    assert told == {
        "challenge": told["challenge"],
        "methods": ["totp", "recovery_code"],
        "enrolment": False,
        "expires_in": 300,
    }
    done = answer(told["challenge"], phone.code())
    assert (done.status, done.body["user"]["email"], done.body["organization"]["slug"]) == (200, ALICE, "acme")
    assert Api(done.body["access"]).get("me/").status == 200
    assert Api().post("auth/refresh/", {"refresh": done.body["refresh"]}).status == 200
    assert rows("SELECT count(*) FROM sessions WHERE second_factor_at IS NOT NULL", acme) == [(1,)]


def test_who_has_none_logs_in_as_before(acme: Cast) -> None:
    give_phone(acme)
    assert log_in("bob@acme.example").status == 200


def test_nothing_is_begun_by_the_password_alone(acme: Cast) -> None:
    give_phone(acme)
    before = rows("SELECT last_login FROM users WHERE email = %(email)s", acme, email=ALICE)
    asked = log_in()
    assert (asked.cookies.output(), actions(acme, "session%%")) == ("", [])
    assert rows("SELECT count(*) FROM sessions", acme) == [(0,)]
    assert rows("SELECT last_login FROM users WHERE email = %(email)s", acme, email=ALICE) == before


def test_the_mode_is_that_of_the_password(acme: Cast) -> None:
    phone = give_phone(acme)
    done = answer(challenge_for(cookie=True), phone.code())
    assert (done.body["refresh"], done.body["device"]) == (None, None)
    assert {"workix-refresh"} <= set(done.cookies)


def test_a_known_device_is_known_after_the_second_step_only(acme: Cast) -> None:
    phone = give_phone(acme)
    assert "device" not in log_in().body
    device = answer(challenge_for(), phone.code()).body["device"]
    wrong = [
        Api().post("auth/login/", {"email": ALICE, "password": "x" * 20}, X_Device_Token=device).status
        for _ in range(11)
    ]
    assert wrong == [401] * 10 + [429]
    assert outcome(log_in()) == (401, "second_factor_required"), "the device was counted apart"


def test_a_recovery_code_stands_in_for_the_app_once_however_it_is_typed(acme: Cast) -> None:
    first, second, *_ = give_phone(acme).recovery_codes
    assert answer(challenge_for(), first).status == 200
    assert outcome(answer(challenge_for(), first)) == WRONG_CODE
    typed = f" {second.upper().replace('-', ' ').replace('0', 'O').replace('1', 'L')} "
    assert answer(challenge_for(), typed).status == 200
    assert rows("SELECT count(*) FROM recovery_codes", acme) == [(8,)]
    asked = "SELECT changes FROM audit_logs WHERE action = 'recovery_code.used' ORDER BY created_at"
    assert [changes["left"] for (changes,) in rows(asked, acme)] == [9, 8]


def test_a_recovery_code_in_parallel_opens_one_session(acme: Cast) -> None:
    code = give_phone(acme).recovery_codes[0]
    challenges = [challenge_for() for _ in range(5)]
    answers = at_once(lambda number: outcome(answer(challenges[number], code)), 5)
    assert sorted(answers) == [(200, "")] + [WRONG_CODE] * 4


def test_a_code_in_parallel_opens_one_session(acme: Cast) -> None:
    phone = give_phone(acme)
    code, challenges = phone.code(), [challenge_for() for _ in range(5)]
    answers = at_once(lambda number: outcome(answer(challenges[number], code)), 5)
    assert sorted(answers) == [(200, "")] + [WRONG_CODE] * 4


def test_a_challenge_in_parallel_opens_one_session_and_spends_one_code(acme: Cast) -> None:
    phone = give_phone(acme)
    challenge = challenge_for()
    answers = at_once(lambda number: outcome(answer(challenge, phone.recovery_codes[number])), 5)
    assert sorted(answers) == [(200, "")] + [OVER] * 4
    assert rows("SELECT count(*) FROM recovery_codes", acme) == [(9,)], "who came too late keeps their code"


def test_on_an_organizations_host_it_is_the_same(acme: Cast) -> None:
    phone = give_phone(acme)
    assert answer(challenge_for(host=acme.host), phone.code(), host=acme.host).status == 200


def test_an_operator_may_have_one_too(database: None) -> None:
    otto = hire_otto()
    phone = phone_of(otto, None)
    asked = log_in(OTTO)
    assert outcome(asked) == (401, "second_factor_required")
    done = answer(asked.body["second_factor"]["challenge"], phone.code())
    assert (done.status, done.body["organization"]) == (200, None)


def test_a_log_in_takes_no_statement_more_than_before_where_there_is_no_factor(acme: Cast) -> None:
    assert log_in("vera@acme.example").status == 200  # the process knows the organization from then on
    plain = len(statements_of(lambda: log_in("bob@acme.example")))
    give_phone(acme)
    asked = len(statements_of(log_in))
    assert (plain, asked) == (9, 9)


@pytest.mark.requirement("S16")
def test_a_wrong_password_looks_and_costs_the_same_whether_there_is_a_factor_or_not(acme: Cast) -> None:
    give_phone(acme)
    seen = []
    for email in (ALICE, "bob@acme.example"):
        sent = statements_of(lambda email=email: seen.append(log_in(email, "a wrong password, but long")))  # type: ignore[misc]
        seen.append(len(sent))  # type: ignore[arg-type]
    with_factor, cost, without, same_cost = seen
    body = {name: value for name, value in with_factor.body.items() if name != "request_id"}
    assert body == {name: value for name, value in without.body.items() if name != "request_id"}
    assert (with_factor.status, cost) == (without.status, same_cost)


def test_switching_asks_for_the_factor_of_the_other_organization(acme: Cast, globex: Cast) -> None:
    there = join(globex, ALICE)
    rows("UPDATE organizations SET allows_switching = true")
    for cast in (acme, globex):
        set_proven(cast)
    phone = phone_of(there, globex.organization)
    here = log_in(organization="acme").body["access"]
    asked = Api(here).post("auth/switch/", {"organization": "globex"})
    assert outcome(asked) == (401, "second_factor_required")
    assert rows("SELECT count(*) FROM sessions", globex) == [(0,)]
    done = answer(asked.body["second_factor"]["challenge"], phone.code())
    assert (done.status, done.body["organization"]["slug"]) == (200, "globex")
    assert Api(here).get("me/").status == 200


def set_proven(cast: Cast) -> None:
    """Let Alice's password be one that she set through a link of ours."""
    with use_tenant(cast.organization):
        user = User.objects.get(email=ALICE)
        User.objects.filter(id=user.id).update(mailbox_proof=of_password(user))


def test_a_new_password_by_mail_is_no_way_around_it(acme: Cast) -> None:
    give_phone(acme)
    with use_tenant(acme.organization):
        token = email_tokens.make(
            acme.people["alice"], Purpose.RESET_PASSWORD, now=timezone.now(), lifetime=timedelta(hours=1)
        )
    new = "a new password that is long"
    reset = Api().post("auth/password-reset/confirm/", {"token": token, "password": new})
    assert (reset.status, outcome(log_in(password=new))) == (204, (401, "second_factor_required"))
