"""Guessing at a second factor: how many codes are judged, over all ways in, and what gives the count back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.login import lockout
from tests.acts import at_once, rows
from tests.browsers import Browser
from tests.cast import PASSWORD, Api, Cast
from tests.integration.accounts.second_factors.phones import (
    ALICE,
    LOCKED,
    WRONG_CODE,
    actions,
    answer,
    as_if_unused,
    challenge_for,
    give_phone,
    let_log_in_age,
    log_in,
    outcome,
)


def judged(cast: Cast) -> int:
    return len(actions(cast, "second_factor.refused"))


@pytest.mark.requirement("S16")
def test_200_guesses_at_once_over_challenges_hosts_and_ways_in_are_judged_at_most_ten_times(acme: Cast) -> None:
    phone = give_phone(acme)
    wrong = phone.wrong()
    alice = Api(answer(challenge_for(), phone.recovery_codes[0]).body["access"])
    challenges = [challenge_for() for _ in range(3)]
    browsers = [Browser(acme.host) for _ in range(3)]
    for browser in browsers:
        assert browser.log_in(ALICE).goes_to == "/admin/login/second-factor/"
    rows("DELETE FROM attempts")

    def guess(number: int) -> None:
        ways: list[Callable[[], object]] = [
            lambda: answer(challenges[number % 3], wrong),
            lambda: answer(challenges[number % 3], wrong, host=acme.host),
            lambda: browsers[number % 3].post("/admin/login/second-factor/", code=wrong),
            lambda: alice.post("me/reauthentication/", {"password": PASSWORD, "code": wrong}),
        ]
        ways[number % 4]()

    at_once(guess, 200)
    assert 0 < judged(acme) <= 10
    assert answer(challenges[0], phone.code()).status == 429, "the right one is not looked at either"


def test_200_guesses_at_one_challenge_are_judged_exactly_ten_times(acme: Cast) -> None:
    phone = give_phone(acme)
    challenge, wrong = challenge_for(), phone.wrong()
    answers = Counter(at_once(lambda _: answer(challenge, wrong).status, 200))
    assert answers == {401: 10, 429: 190}
    assert (judged(acme), actions(acme, "second_factor.locked_out")) == (10, ["second_factor.locked_out"])


def test_a_right_password_gives_nothing_back(acme: Cast) -> None:
    """Who has the password and not the phone gets ten guesses, and not ten a log-in."""
    phone = give_phone(acme)
    answers = []
    for _ in range(4):
        rows("DELETE FROM attempts WHERE name = 'log-in'")  # as if this had another counter, or time had passed
        challenge = challenge_for()
        answers += [outcome(answer(challenge, phone.wrong())) for _ in range(4)]
    assert answers == [WRONG_CODE] * 10 + [LOCKED] * 6


def test_a_right_password_counts_as_an_attempt_until_the_log_in_is_complete(acme: Cast) -> None:
    phone = give_phone(acme)
    for _ in range(3):
        challenges = [challenge_for() for _ in range(9)]
        assert answer(challenges[-1], phone.code()).status == 200, "which gives them back"
        as_if_unused(acme)
    assert [log_in().status for _ in range(11)] == [401] * 10 + [429]


def test_known_devices_have_no_count_of_their_own(acme: Cast) -> None:
    phone = give_phone(acme)
    devices = [answer(challenge_for(), code).body["device"] for code in phone.recovery_codes[:3]]
    body = {"email": ALICE, "password": PASSWORD}
    answers = []
    for device in devices:
        challenge = Api().post("auth/login/", body, X_Device_Token=device).body["second_factor"]["challenge"]
        sent = {"challenge": challenge, "code": phone.wrong()}
        answers += [outcome(Api().post("auth/second-factor/", sent, X_Device_Token=device)) for _ in range(5)]
    assert answers == [WRONG_CODE] * 10 + [LOCKED] * 5


def test_a_new_password_by_mail_gives_no_guesses_back(acme: Cast) -> None:
    phone = give_phone(acme)
    challenge = challenge_for()
    assert [answer(challenge, phone.wrong()).status for _ in range(10)] == [401] * 10
    lockout.forgive(acme.people["alice"])
    assert outcome(answer(challenge, phone.code())) == LOCKED


def test_strangers_who_lock_the_password_do_not_lock_the_code(acme: Cast) -> None:
    phone = give_phone(acme)
    challenge = challenge_for()
    for _ in range(12):
        log_in(password="a wrong password, but long")  # noqa: S106
    assert answer(challenge, phone.code()).status == 200


def test_one_persons_guesses_lock_nobody_else(acme: Cast) -> None:
    phone, bobs = give_phone(acme), give_phone(acme, "bob")
    challenge = challenge_for()
    assert [answer(challenge, phone.wrong()).status for _ in range(11)] == [401] * 10 + [429]
    assert answer(challenge_for("bob@acme.example"), bobs.code()).status == 200


def test_codes_of_an_enrolment_count_too(acme: Cast, alice: Api) -> None:
    alice.post("me/second-factors/totp/")
    answers = [alice.post("me/second-factors/totp/confirm/", {"code": "000000"}).status for _ in range(11)]
    assert answers[-1] == 429


def test_a_right_code_in_the_middle_begins_the_count_anew(acme: Cast) -> None:
    phone = give_phone(acme)
    challenge = challenge_for()
    assert [answer(challenge, phone.wrong()).status for _ in range(9)] == [401] * 9
    assert answer(challenge, phone.code()).status == 200
    again = challenge_for()
    assert [answer(again, phone.wrong()).status for _ in range(11)] == [401] * 10 + [429]


def test_a_step_up_with_the_right_password_and_a_wrong_code_gives_no_guess_back(acme: Cast) -> None:
    phone = give_phone(acme)
    alice = Api(answer(challenge_for(), phone.recovery_codes[0]).body["access"])
    let_log_in_age(acme, by=timedelta(hours=1))
    sent = {"password": PASSWORD, "code": phone.wrong()}
    answers = Counter(alice.post("me/reauthentication/", sent).status for _ in range(15))
    assert (judged(acme), answers[429]) == (10, 5)
