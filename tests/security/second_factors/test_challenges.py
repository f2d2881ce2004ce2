"""Attacks on the challenge of a log-in: another's, altered, expired, replayed, overtaken, and taken for what it is not."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from accounts.tokens import signed_tokens
from accounts.tokens.signed_tokens import Subject
from tenants.models import Status
from tenants.resolution import forget_all
from tests.acts import demote, rows, set_status
from tests.browsers import Browser
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.second_factors.phones import (
    ALICE,
    OVER,
    WRONG_CODE,
    Phone,
    answer,
    as_if_unused,
    challenge_for,
    give_phone,
    log_in,
    outcome,
)
from workix.core.permissions import Role


@pytest.fixture
def phone(acme: Cast) -> Phone:
    return give_phone(acme)


def test_it_is_good_once(acme: Cast, phone: Phone) -> None:
    challenge = challenge_for()
    assert answer(challenge, phone.code()).status == 200
    as_if_unused(acme)
    assert outcome(answer(challenge, phone.code())) == OVER


def test_a_wrong_code_leaves_it_good_until_its_time_is_over(acme: Cast, phone: Phone) -> None:
    challenge = challenge_for()
    assert outcome(answer(challenge, phone.wrong())) == WRONG_CODE
    assert answer(challenge, phone.code()).status == 200
    late = challenge_for()
    rows("UPDATE login_challenges SET expires_at = expires_at - interval '5 minutes'", acme)
    as_if_unused(acme)
    assert outcome(answer(late, phone.code())) == OVER


def test_a_code_is_good_once_over_all_challenges(phone: Phone) -> None:
    code, other = phone.code(), challenge_for()
    assert answer(challenge_for(), code).status == 200
    assert outcome(answer(other, code)) == WRONG_CODE


@pytest.mark.parametrize(("steps", "outcome_"), [(-2, WRONG_CODE), (-1, (200, "")), (1, (200, "")), (2, WRONG_CODE)])
def test_a_code_of_the_step_before_or_after_is_good_and_no_other(
    phone: Phone, steps: int, outcome_: tuple[int, str]
) -> None:
    with time_machine.travel(timezone.now(), tick=False):  # or the step changes between drawing and judging
        assert outcome(answer(challenge_for(), phone.code(steps))) == outcome_


def test_after_a_later_code_an_earlier_one_is_dead(acme: Cast, phone: Phone) -> None:
    assert answer(challenge_for(), phone.code(1)).status == 200
    assert [outcome(answer(challenge_for(), phone.code(steps))) for steps in (0, -1)] == [WRONG_CODE] * 2


def test_another_persons_code_is_wrong(acme: Cast, phone: Phone) -> None:
    bobs = give_phone(acme, "bob")
    assert outcome(answer(challenge_for(), bobs.code())) == WRONG_CODE
    assert outcome(answer(challenge_for(), bobs.recovery_codes[0])) == WRONG_CODE
    assert answer(challenge_for("bob@acme.example"), bobs.recovery_codes[0]).status == 200, "it was his, and unused"


def test_one_of_another_organization_is_refused_on_this_ones_host(acme: Cast, globex: Cast, phone: Phone) -> None:
    challenge = challenge_for()
    assert outcome(answer(challenge, phone.code(), host=globex.host)) == OVER
    assert answer(challenge, phone.code(), host=acme.host).status == 200


def test_a_challenge_moved_to_another_person_is_refused(acme: Cast, phone: Phone) -> None:
    """The row of Mallory's own, in Mallory's organization, is nothing in Acme; and a token names one row."""
    challenge = challenge_for()
    rows("UPDATE login_challenges SET token_hash = repeat('0', 64)", acme)
    assert outcome(answer(challenge, phone.code())) == OVER


@pytest.mark.parametrize("position", [0, 20, 40, 63])
def test_an_altered_one_is_refused(phone: Phone, position: int) -> None:
    raw = bytearray(base64.urlsafe_b64decode(challenge_for() + "=="))
    raw[position] ^= 1
    altered = base64.urlsafe_b64encode(bytes(raw)).rstrip(b"=").decode()
    assert outcome(answer(altered, phone.code())) == OVER


def test_one_that_we_signed_for_no_row_is_refused(acme: Cast, phone: Phone) -> None:
    invented = signed_tokens.write("second-factor", Subject(acme.organization.id, uuid4()))
    gone = signed_tokens.write("second-factor", Subject(uuid4(), uuid4()))
    assert [outcome(answer(token, phone.code())) for token in (invented, gone)] == [OVER, OVER]


def test_it_is_no_bearer_no_refresh_token_and_no_link(phone: Phone) -> None:
    challenge = challenge_for()
    assert outcome(Api(challenge).get("me/")) == (401, "token_not_valid")
    assert outcome(Api().post("auth/refresh/", {"refresh": challenge})) == (401, "token_not_valid")
    assert outcome(Api().post("auth/confirm-email/", {"token": challenge})) == (400, "token_invalid")
    reset = {"token": challenge, "password": "another horse battery staple"}
    assert outcome(Api().post("auth/password-reset/confirm/", reset)) == (400, "token_invalid")


def test_no_other_token_is_a_challenge(acme: Cast, phone: Phone) -> None:
    bob = log_in("bob@acme.example").body
    assert outcome(answer(bob["refresh"], phone.code())) == OVER
    assert answer(bob["access"], phone.code()).status == 400, "it is longer than any challenge"
    assert outcome(answer(bob["device"], phone.code())) == OVER


def test_one_of_the_pages_is_not_taken_by_the_api(acme: Cast, phone: Phone) -> None:
    browser = Browser(acme.host)
    assert browser.log_in(ALICE).goes_to == "/admin/login/second-factor/"
    rows("UPDATE login_challenges SET in_cookie = NULL", acme)
    challenge = challenge_for()
    rows("UPDATE login_challenges SET in_cookie = NULL", acme)
    assert outcome(answer(challenge, phone.code())) == OVER


def test_one_that_is_for_enrolling_completes_nothing(acme: Cast, phone: Phone) -> None:
    challenge = challenge_for()
    enrolling = Api().post("auth/second-factor/enrolment/", {"challenge": challenge})
    assert outcome(enrolling) == OVER
    rows("UPDATE login_challenges SET enrols = true", acme)
    assert outcome(answer(challenge, phone.code())) == OVER
    assert outcome(Api().post("auth/second-factor/enrolment/", {"challenge": challenge})) == OVER, "there is a factor"


ENDINGS: dict[str, Callable[[Cast], object]] = {
    "another password": lambda acme: rows("UPDATE users SET password_hash = 'x' WHERE email = %(e)s", acme, e=ALICE),
    "another address": lambda acme: rows("UPDATE users SET email = 'a@b.example' WHERE email = %(e)s", acme, e=ALICE),
    "another role": lambda acme: rows("UPDATE users SET role = 'viewer' WHERE email = %(e)s", acme, e=ALICE),
    "deactivation": lambda acme: rows("UPDATE users SET is_active = false WHERE email = %(e)s", acme, e=ALICE),
    "removal": lambda acme: rows("UPDATE users SET deleted_at = now() WHERE email = %(e)s", acme, e=ALICE),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_ends_sessions_ends_it(acme: Cast, phone: Phone, ending: str) -> None:
    challenge = challenge_for()
    ENDINGS[ending](acme)
    assert outcome(answer(challenge, phone.code())) == OVER
    assert rows("SELECT count(*) FROM sessions", acme) == [(0,)]


def test_suspension_and_networks_hold_for_the_second_step_too(acme: Cast, phone: Phone) -> None:
    challenge = challenge_for()
    set_status(acme, Status.SUSPENDED)
    assert outcome(answer(challenge, phone.code())) == (403, "organization_suspended")
    set_status(acme, Status.ACTIVE)
    rows("UPDATE organizations SET allowed_networks = '192.0.2.0/24' WHERE slug = 'acme'")
    forget_all()
    assert outcome(answer(challenge, phone.code())) == (403, "network_not_allowed")
    assert rows("SELECT count(*) FROM sessions", acme) == [(0,)]


def test_a_password_that_is_only_hashed_anew_leaves_it_good(acme: Cast, phone: Phone) -> None:
    challenge = challenge_for()
    demote(acme, ALICE, Role.ADMIN)  # behind everybody's back, as hash_anew() tells the trigger
    assert answer(challenge, phone.code()).status == 200


def test_a_factor_that_is_removed_meanwhile_answers_nothing(acme: Cast, phone: Phone) -> None:
    challenge = challenge_for()
    rows("DELETE FROM second_factors", acme)
    assert [outcome(answer(challenge, code)) for code in (phone.code(), phone.recovery_codes[0])] == [WRONG_CODE] * 2
    assert log_in().status == 200


@pytest.mark.parametrize("challenge", [None, [], {}, 7, "", "x", "é" * 86, "A" * 86, "A" * 201, "\x00" * 86], ids=repr)
def test_what_is_no_challenge_is_refused(database: None, challenge: Any) -> None:
    assert answer(challenge, "123456").status in (400, 401)


@pytest.mark.parametrize(
    "code",
    [
        "1234567",
        "12345",
        "٠٠٥٩٢٤",
        "１２３４５６",
        "123456\x00",
        "",
        " ",
        "'; --",
        "x" * 40,
        "x" * 41,
        [],
        None,
        123456,
    ],
    ids=repr,
)
def test_what_is_no_code_opens_nothing(acme: Cast, phone: Phone, code: Any) -> None:
    assert answer(challenge_for(), code).status in (400, 401)
    assert rows("SELECT count(*) FROM sessions", acme) == [(0,)]


def test_the_password_is_still_asked_for(acme: Cast, phone: Phone) -> None:
    wrong = log_in(password="a wrong password, but long")  # noqa: S106
    assert (outcome(wrong), "second_factor" in wrong.body) == ((401, "invalid_credentials"), False)
    assert outcome(log_in(password=PASSWORD)) == (401, "second_factor_required")
