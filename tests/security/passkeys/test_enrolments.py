"""Attacks on enrolling a passkey at a log-in: what was made for something else, and a factor that is there already."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.acts import at_once, rows
from tests.cast import Answer, Api, Cast
from tests.integration.accounts.passkeys.authenticators import (
    HOST,
    REFUSED,
    Authenticator,
    give_passkey,
    log_in_with,
    options_of,
    person,
    register,
)
from tests.integration.accounts.second_factors.phones import (
    ALICE,
    OVER,
    actions,
    challenge_for,
    give_phone,
    log_in,
    outcome,
    require_from,
)

BOB, ENROL = "bob@acme.example", "auth/second-factor/enrolment/passkey/"


@pytest.fixture
def required(acme: Cast) -> Cast:
    require_from(acme, -timedelta(seconds=1))
    return acme


def options_for(challenge: str) -> dict[str, Any]:
    return options_of(Api(host=HOST), f"{ENROL}options/", {"challenge": challenge})


def enrol(challenge: Any, credential: Any, host: str = HOST) -> Answer:
    return Api(host=host).post(ENROL, {"challenge": challenge, "name": "Laptop", "credential": credential})


def passkeys(cast: Cast) -> int:
    ((count,),) = rows("SELECT count(*) FROM passkeys", cast)
    return int(count)


def test_who_has_to_enrol_may_with_a_passkey_and_is_logged_in(required: Cast) -> None:
    challenge, laptop = challenge_for(), Authenticator()
    done = enrol(challenge, laptop.create(options_for(challenge)))
    assert (done.status, len(done.body["recovery_codes"]), done.body["user"]["email"]) == (200, 10, ALICE)
    assert Api(done.body["access"]).get("me/").status == 200
    assert rows("SELECT second_factor_at IS NOT NULL FROM sessions", required) == [(True,)]
    assert actions(required, "passkey.%") == ["passkey.created"]
    assert log_in(host=HOST).body["second_factor"]["methods"] == ["passkey", "recovery_code"]
    assert log_in_with(laptop).status == 200
    assert outcome(enrol(challenge, laptop.create(options_for_nobody()))) == OVER


def options_for_nobody() -> dict[str, Any]:
    return {"user": {"id": "AAAA"}, "challenge": "AAAA"}


def test_options_of_another_purpose_log_in_or_person_enrol_nothing(acme: Cast) -> None:
    of_session = options_of(person(acme))
    require_from(acme, -timedelta(seconds=1))
    mine, another, of_bob = challenge_for(), challenge_for(), challenge_for(BOB)
    signed_elsewhere = options_of(Api(host=HOST), "auth/passkey/options/")["challenge"]
    for given in (of_session, options_for(another), options_for(of_bob), of_session | {"challenge": signed_elsewhere}):
        assert outcome(enrol(mine, Authenticator().create(given))) == REFUSED
    assert passkeys(acme) == 0
    assert enrol(mine, Authenticator().create(options_for(mine))).status == 200, "the log-in went on waiting"


def test_options_of_an_enrolment_add_nothing_to_a_session(acme: Cast) -> None:
    phone = give_phone(acme, "bob")
    require_from(acme, -timedelta(seconds=1))
    options = options_for(challenge_for())
    told = {"challenge": challenge_for(BOB, host=HOST), "code": phone.code()}
    bob = Api(Api(host=HOST).post("auth/second-factor/", told).body["access"], HOST)
    offered = bob.post("me/passkeys/", {"name": "Mine", "credential": Authenticator().create(options)})
    assert (offered.status, passkeys(acme)) == (400, 0)


def test_another_origin_or_organization_enrols_nothing(required: Cast, globex: Cast) -> None:
    challenge = challenge_for()
    options = options_for(challenge)
    for wrong in ({"origin": "http://globex.localhost:8000"}, {"host": "localhost"}):
        assert outcome(enrol(challenge, Authenticator(**wrong).create(options))) == REFUSED  # type: ignore[arg-type]
    made = Authenticator().create(options)
    assert outcome(enrol(challenge, made, "globex.localhost")) == OVER
    assert outcome(enrol(challenge, made, "localhost")) == (409, "passkeys_not_here")
    require_from(globex, -timedelta(seconds=1))
    of_globex = log_in("gina@globex.example", host="globex.localhost").body["second_factor"]["challenge"]
    assert outcome(Api(host=HOST).post(f"{ENROL}options/", {"challenge": of_globex})) == OVER
    assert outcome(enrol(of_globex, made)) == OVER
    assert passkeys(required) == 0


def test_who_has_a_factor_by_then_enrols_no_passkey(required: Cast) -> None:
    """Who has the password alone must not add a passkey beside the factor that its person enrolled a minute ago."""
    stolen, later = challenge_for(), challenge_for(BOB)
    made, of_bob = (Authenticator().create(options_for(each)) for each in (stolen, later))
    give_phone(required)
    give_passkey(required, "bob")
    assert [outcome(enrol(stolen, made)), outcome(enrol(later, of_bob))] == [OVER, OVER]
    assert outcome(Api(host=HOST).post(f"{ENROL}options/", {"challenge": stolen})) == OVER
    assert passkeys(required) == 1


def test_a_challenge_for_a_code_enrols_nothing(acme: Cast) -> None:
    register(person(acme))
    challenge = challenge_for()
    assert outcome(Api(host=HOST).post(f"{ENROL}options/", {"challenge": challenge})) == OVER
    assert outcome(enrol(challenge, Authenticator().create(options_for_nobody()))) == OVER


def test_of_many_log_ins_that_enrol_at_once_one_does(required: Cast) -> None:
    waiting = [challenge_for() for _ in range(4)]
    made = [Authenticator().create(options_for(each)) for each in waiting]
    assert sorted(at_once(lambda number: enrol(waiting[number], made[number]).status, 4)) == [200, 401, 401, 401]
    assert passkeys(required) == 1
