"""Attacks on a passkey as second factor and for step-up: another person's, another log-in's, and the way round it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.acts import at_once, rows
from tests.cast import Answer, Api, Cast
from tests.integration.accounts.passkeys.authenticators import (
    HOST,
    NOT_TAKEN,
    REFUSED,
    Authenticator,
    at_host,
    login_options,
    options_of,
    person,
    register,
)
from tests.integration.accounts.second_factors.phones import (
    ALICE,
    OVER,
    challenge_for,
    give_phone,
    outcome,
    require_from,
)

BOB = "bob@acme.example"
OPTIONS = "auth/second-factor/passkey/options/"


@pytest.fixture
def alice(acme: Cast) -> Api:
    return person(acme)


@pytest.fixture
def passkey(alice: Api) -> Authenticator:
    return register(alice)


def options_for(challenge: str) -> dict[str, Any]:
    return options_of(Api(host=HOST), OPTIONS, {"challenge": challenge})


def complete(challenge: Any, credential: Any, host: str = HOST) -> Answer:
    return Api(host=host).post("auth/second-factor/passkey/", {"challenge": challenge, "credential": credential})


def test_the_options_of_one_log_in_answer_no_other(passkey: Authenticator) -> None:
    first, second = challenge_for(), challenge_for()
    signed = passkey.get(options_for(first))
    assert outcome(complete(second, signed)) == REFUSED
    assert complete(first, signed).status == 200


def test_options_of_a_log_in_by_passkey_alone_answer_none(passkey: Authenticator) -> None:
    assert outcome(complete(challenge_for(), passkey.get(login_options()))) == REFUSED


def test_another_persons_passkey_answers_none(acme: Cast, passkey: Authenticator) -> None:
    of_bob = register(person(acme, "bob"))
    challenge = challenge_for()
    assert outcome(complete(challenge, of_bob.get(options_for(challenge)))) == REFUSED
    of_bob.user_handle = passkey.user_handle
    assert outcome(complete(challenge, of_bob.get(options_for(challenge)))) == REFUSED


def test_of_twenty_that_answer_at_once_one_gets_in(acme: Cast, passkey: Authenticator) -> None:
    challenge = challenge_for()
    signed = [passkey.get(options_for(challenge)) for _ in range(20)]
    assert sorted(at_once(lambda number: complete(challenge, signed[number]).status, 20)) == [200, *[401] * 19]


def test_a_challenge_that_a_code_answered_is_over(acme: Cast, passkey: Authenticator) -> None:
    phone, challenge = give_phone(acme), challenge_for()
    signed = passkey.get(options_for(challenge))
    assert Api().post("auth/second-factor/", {"challenge": challenge, "code": phone.code()}).status == 200
    assert outcome(complete(challenge, signed)) == OVER


def test_deactivation_and_a_new_password_end_it(acme: Cast, passkey: Authenticator) -> None:
    challenge = challenge_for()
    signed = passkey.get(options_for(challenge))
    rows("UPDATE users SET password_hash = 'another' WHERE email = %(email)s", acme, email=ALICE)
    assert outcome(complete(challenge, signed)) == OVER


def test_nothing_is_told_without_the_password(passkey: Authenticator) -> None:
    for nonsense in ("", "A" * 86, login_options()["challenge"]):
        assert Api(host=HOST).post(OPTIONS, {"challenge": nonsense}).status in {400, 401}


def test_the_platforms_host_and_another_organizations_are_no_place_for_it(
    acme: Cast, globex: Cast, passkey: Authenticator
) -> None:
    challenge = challenge_for()
    signed = passkey.get(options_for(challenge))
    assert outcome(complete(challenge, signed, "localhost")) == (409, "passkeys_not_here")
    assert outcome(complete(challenge, signed, "globex.localhost")) == OVER
    assert complete(challenge, signed).status == 200


def test_who_has_to_enrol_does_not_go_round_a_passkey_that_came_meanwhile(acme: Cast, alice: Api) -> None:
    require_from(acme, timedelta(hours=-1))
    challenge = challenge_for()
    begun = Api().post("auth/second-factor/enrolment/", {"challenge": challenge})
    assert begun.status == 201
    rows("UPDATE sessions SET expires_at = now() + interval '1 hour'", acme)
    register(alice)
    sent = {"challenge": challenge, "code": "000000"}
    assert outcome(Api().post("auth/second-factor/enrolment/confirm/", sent)) == OVER
    assert outcome(Api().post("auth/second-factor/enrolment/", {"challenge": challenge})) == OVER


def test_a_password_alone_is_no_step_up_for_who_has_a_passkey(acme: Cast, alice: Api, passkey: Authenticator) -> None:
    refused = alice.post("me/reauthentication/", {"password": "correct horse battery staple"})
    assert outcome(refused) == NOT_TAKEN


def test_step_up_takes_no_other_session_nobody_elses_passkey_and_each_once(
    acme: Cast, alice: Api, passkey: Authenticator
) -> None:
    path = "me/reauthentication/passkey/"
    other, bob = person_by(passkey), person(acme, "bob")
    signed = passkey.get(options_of(alice, f"{path}options/"))
    assert outcome(other.post(path, {"credential": signed})) == NOT_TAKEN
    of_bob = register(bob)
    assert outcome(alice.post(path, {"credential": of_bob.get(options_of(alice, f"{path}options/"))})) == NOT_TAKEN
    answers = [alice.post(path, {"credential": signed}) for _ in range(2)]
    assert [answer.status for answer in answers] == [204, 400]
    assert outcome(at_host(alice, "localhost").post(f"{path}options/")) == (409, "passkeys_not_here")


def person_by(passkey: Authenticator) -> Api:
    opened = Api(host=HOST).post("auth/passkey/", {"credential": passkey.get(login_options())})
    return Api(opened.body["access"], HOST)
