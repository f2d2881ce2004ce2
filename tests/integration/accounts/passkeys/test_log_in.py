"""Logging in by a passkey: alone, after the password, in cookie mode, in a locked account; and step-up by one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.acts import rows, set_status
from tests.cast import OTTO, PASSWORD, Api, Cast, hire_otto
from tests.integration.accounts.passkeys.authenticators import (
    BE,
    BS,
    HOST,
    REFUSED,
    UP,
    UV,
    Authenticator,
    log_in,
    log_in_with,
    login_options,
    of_database,
    options_of,
    person,
    register,
)
from tests.integration.accounts.second_factors.phones import (
    ALICE,
    actions,
    answer,
    challenge_for,
    give_phone,
    let_log_in_age,
    outcome,
)
from tests.integration.accounts.second_factors.phones import log_in as log_in_by_password
from workix.core.permissions import RECENT


@pytest.fixture
def alice(acme: Cast) -> Api:
    return person(acme)


@pytest.fixture
def passkey(alice: Api) -> Authenticator:
    return register(alice)


def test_a_passkey_answers_what_a_log_in_answers_and_counts_as_two_factors(acme: Cast, passkey: Authenticator) -> None:
    opened = log_in_with(passkey)
    by_password = Api(host=HOST).post("auth/login/", {"email": "bob@acme.example", "password": PASSWORD})
    assert (opened.status, opened.body.keys(), opened.body["user"]["email"]) == (200, by_password.body.keys(), ALICE)
    me = Api(opened.body["access"], HOST)
    assert me.get("me/").body["email"] == ALICE
    assert rows("SELECT count(*) FROM sessions WHERE second_factor_at IS NOT NULL AND mailbox_proof = ''", acme) == [
        (2,)
    ]
    assert actions(acme, "session.started") == ["session.started"] * 3
    assert rows("SELECT last_used_at = date_trunc('day', last_used_at) FROM passkeys", acme) == [(True,)]


def test_the_options_of_a_log_in_tell_nothing_of_anybody(passkey: Authenticator) -> None:
    options = login_options()
    del options["challenge"]
    shown = {"timeout": 300_000, "rpId": HOST, "allowCredentials": [], "userVerification": "required"}
    assert options == shown


def test_asking_for_options_writes_nothing(acme: Cast, passkey: Authenticator) -> None:
    before = rows("SELECT count(*) FROM spent_passkey_challenges", acme)
    for _ in range(3):
        login_options()
    assert (before, rows("SELECT count(*) FROM spent_passkey_challenges", acme)) == ([(1,)], [(1,)])


def test_cookie_mode_hides_the_refresh_token(passkey: Authenticator) -> None:
    opened = log_in(passkey.get(login_options()), cookie=True)
    assert (opened.status, opened.body["refresh"], len(opened.cookies)) == (200, None, 2)


def test_its_session_does_not_say_that_its_person_reads_the_mailbox(acme: Cast, passkey: Authenticator) -> None:
    rows("UPDATE organizations SET allows_switching = true")
    opened = log_in_with(passkey)
    switched = Api(opened.body["access"]).post("auth/switch/", {"organization": "globex"})
    assert outcome(switched) in {(403, "mailbox_not_proven"), (404, "not_found")}
    assert rows("SELECT mailbox_proof FROM sessions ORDER BY created_at DESC LIMIT 1", acme) == [("",)]


def test_strangers_who_lock_an_address_do_not_lock_its_passkey(passkey: Authenticator) -> None:
    for _ in range(11):
        locked = log_in_by_password(password="wrong horse battery staple")
    assert (outcome(locked), log_in_with(passkey).status) == ((429, "locked_out"), 200)


def test_a_passkey_is_the_second_factor_of_its_person(acme: Cast, passkey: Authenticator) -> None:
    asked = log_in_by_password(host=HOST)
    assert outcome(asked) == (401, "second_factor_required")
    told = asked.body["second_factor"]
    assert told["methods"] == ["passkey", "recovery_code"]
    options = options_of(Api(host=HOST), "auth/second-factor/passkey/options/", {"challenge": told["challenge"]})
    assert [each["transports"] for each in options["allowCredentials"]] == [["hybrid", "internal"]]
    sent = {"challenge": told["challenge"], "credential": passkey.get(options)}
    opened = Api(host=HOST).post("auth/second-factor/passkey/", sent)
    assert (opened.status, opened.body["user"]["email"]) == (200, ALICE)
    assert outcome(Api(host=HOST).post("auth/second-factor/passkey/", sent)) == (401, "challenge_not_valid")


def test_a_recovery_code_stands_in_for_a_passkey(acme: Cast, alice: Api) -> None:
    authenticator = Authenticator()
    options = options_of(alice)
    added = alice.post("me/passkeys/", {"name": "Laptop", "credential": authenticator.create(options)})
    codes = added.body["recovery_codes"]
    assert answer(challenge_for(), codes[0]).status == 200
    assert outcome(answer(challenge_for(), codes[0])) == (401, "invalid_code")


def test_who_has_an_app_too_may_choose(acme: Cast, passkey: Authenticator) -> None:
    phone = give_phone(acme)
    told = log_in_by_password(host=HOST).body["second_factor"]
    assert told["methods"] == ["totp", "passkey", "recovery_code"]
    assert answer(told["challenge"], phone.code(), host=HOST).status == 200


def test_step_up_takes_a_passkey_in_place_of_the_password(acme: Cast, alice: Api, passkey: Authenticator) -> None:
    let_log_in_age(acme, RECENT + timedelta(minutes=1))
    assert outcome(alice.post("me/passkeys/options/")) == (403, "reauthentication_required")
    options = options_of(alice, "me/reauthentication/passkey/options/")
    assert alice.post("me/reauthentication/passkey/", {"credential": passkey.get(options)}).status == 204
    assert alice.post("me/passkeys/options/").status == 200
    assert actions(acme, "session.reauthenticated") == ["session.reauthenticated"]


def test_a_synchronized_passkey_does_not_count_and_a_device_does(acme: Cast, alice: Api) -> None:
    synced = register(alice, Authenticator(flags=UP | UV | BE | BS))
    assert [log_in_with(synced).status for _ in range(2)] == [200, 200]
    counting = register(alice, Authenticator(sign_count=5), "Key")
    counting.sign_count = 6
    assert log_in_with(counting).status == 200
    assert of_database(acme) == [("Laptop", 0, True), ("Key", 6, False)]


def test_an_operator_logs_in_by_a_passkey_of_the_platforms_host(database: None) -> None:
    hire_otto()
    token = log_in_by_password(OTTO).body["access"]
    authenticator = Authenticator(host="localhost", origin="http://localhost:8000")
    register(Api(token), authenticator)
    opened = log_in(authenticator.get(login_options("localhost")), "localhost")
    assert (opened.status, opened.body["organization"], opened.body["user"]["email"]) == (200, None, OTTO)


def test_who_may_not_log_in_may_not_by_a_passkey(acme: Cast, alice: Api, passkey: Authenticator) -> None:
    signed = [passkey.get(login_options()) for _ in range(3)]
    rows("UPDATE users SET email_confirmed_at = NULL WHERE email = %(email)s", acme, email=ALICE)
    assert outcome(log_in(signed[0])) == (403, "email_not_confirmed")
    rows("UPDATE users SET is_active = false, email_confirmed_at = now() WHERE email = %(email)s", acme, email=ALICE)
    assert outcome(log_in(signed[1])) == REFUSED
    rows("UPDATE users SET is_active = true WHERE email = %(email)s", acme, email=ALICE)
    set_status(acme, "suspended", forget=False)
    assert outcome(log_in(signed[2])) == (403, "organization_suspended")


def test_a_network_that_the_organization_does_not_let_in_stays_out(
    acme: Cast, alice: Api, passkey: Authenticator
) -> None:
    signed = passkey.get(login_options())
    rows("UPDATE organizations SET allowed_networks = '192.0.2.0/24' WHERE slug = 'acme'")
    set_status(acme, "active")
    answers = [Api(host=HOST).post("auth/passkey/options/"), log_in(signed)]
    assert [outcome(answer) for answer in answers] == [(403, "network_not_allowed")] * 2


def test_removal_of_the_person_or_a_reset_takes_their_passkeys(acme: Cast, alice: Api, passkey: Authenticator) -> None:
    bob = person(acme, "bob")
    of_bob = register(bob)
    assert alice.delete(f"users/{acme.people['bob'].id}/second-factors/").status == 204
    assert outcome(log_in_with(of_bob)) == REFUSED
    vera = register(person(acme, "vera"))
    assert alice.delete(f"users/{acme.people['vera'].id}/").status == 204
    assert outcome(log_in_with(vera)) == REFUSED
    assert rows("SELECT count(*) FROM passkeys", acme) == [(1,)]
