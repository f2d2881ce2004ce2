"""Attacks on a log-in by a passkey: replayed, altered, of another place, of another person, of nobody, and not what it says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.passkeys import challenges
from accounts.tokens import signed_tokens
from accounts.tokens.signed_tokens import Subject
from tests.acts import at_once, rows
from tests.cast import Api, Cast
from tests.integration.accounts.passkeys.authenticators import (
    BE,
    BS,
    HOST,
    REFUSED,
    UP,
    UV,
    Authenticator,
    b64,
    log_in,
    log_in_with,
    login_options,
    new_key,
    options_of,
    person,
    register,
)
from tests.integration.accounts.second_factors.phones import actions, challenge_for, outcome
from workix.core.models import uuid7


@pytest.fixture
def alice(acme: Cast) -> Api:
    return person(acme)


@pytest.fixture
def passkey(alice: Api) -> Authenticator:
    return register(alice, Authenticator(sign_count=7))


def next_of(passkey: Authenticator) -> Authenticator:
    passkey.sign_count += 1
    return passkey


def test_what_was_signed_is_good_once(acme: Cast, passkey: Authenticator) -> None:
    signed = next_of(passkey).get(login_options())
    assert (log_in(signed).status, outcome(log_in(signed))) == (200, REFUSED)


def test_a_challenge_is_good_once_whatever_signs_it(acme: Cast, alice: Api) -> None:
    first, second, options = register(alice), register(alice), login_options()
    assert (log_in(first.get(options)).status, outcome(log_in(second.get(options)))) == (200, REFUSED)


def test_of_twenty_with_one_challenge_one_gets_in(acme: Cast, alice: Api) -> None:
    passkey = register(alice)
    signed = passkey.get(login_options())
    found = sorted(log_in(signed).status for _ in range(0)) + sorted(at_once(lambda _: log_in(signed).status, 20))
    assert (found.count(200), set(found) - {200, 401, 429}) == (1, set())
    assert rows("SELECT count(*) FROM sessions", acme) == [(2,)]


def test_of_two_with_the_same_sign_count_one_gets_in(acme: Cast, passkey: Authenticator) -> None:
    next_of(passkey)
    signed = [passkey.get(login_options()) for _ in range(2)]
    assert sorted(at_once(lambda number: log_in(signed[number]).status, 2)) == [200, 401]


@pytest.mark.parametrize("count", [7, 6, 0])
def test_a_sign_count_that_went_back_is_refused_and_recorded(acme: Cast, passkey: Authenticator, count: int) -> None:
    passkey.sign_count = count
    assert outcome(log_in_with(passkey)) == REFUSED
    asked = "SELECT changes->>'because' FROM audit_logs WHERE action = 'passkey.refused'"
    assert rows(asked, acme) == [("sign count went back",)]
    passkey.sign_count = 8
    assert log_in_with(passkey).status == 200


def test_a_challenge_is_over_after_five_minutes(acme: Cast, passkey: Authenticator, monkeypatch: Any) -> None:
    options = login_options()
    monkeypatch.setattr(challenges, "LIFETIME", timedelta(0))
    assert outcome(log_in(next_of(passkey).get(options))) == REFUSED
    monkeypatch.undo()
    assert log_in(passkey.get(options)).status == 200


def test_a_challenge_of_the_future_is_none(passkey: Authenticator) -> None:
    later = timezone.now() + timedelta(hours=1)
    ahead = uuid7().int & ((1 << 80) - 1) | int(later.timestamp() * 1000) << 80
    forged = signed_tokens.write("passkey log-in acme.localhost ", Subject(None, type(uuid7())(int=ahead)))
    assert outcome(log_in(next_of(passkey).get({"challenge": forged}))) == REFUSED


@pytest.mark.parametrize("challenge", ["", "A" * 86, "not base64url!", "x" * 1_000, "\u0000", 7, None, ["a"], {"a": 1}])
def test_a_challenge_that_we_did_not_make_is_refused(passkey: Authenticator, challenge: Any) -> None:
    assert outcome(log_in(next_of(passkey).get({"challenge": challenge}))) == REFUSED


def test_a_challenge_of_another_purpose_is_refused(acme: Cast, alice: Api, passkey: Authenticator) -> None:
    asked = {"challenge": challenge_for()}
    others = [
        options_of(alice),
        options_of(alice, "me/reauthentication/passkey/options/"),
        options_of(Api(host=HOST), "auth/second-factor/passkey/options/", asked),
        asked,
    ]
    assert [outcome(log_in(next_of(passkey).get(options))) for options in others] == [REFUSED] * 4


def test_a_challenge_of_another_organization_is_refused(
    acme: Cast, globex: Cast, alice: Api, passkey: Authenticator
) -> None:
    assert outcome(log_in(next_of(passkey).get(login_options("globex.localhost")))) == REFUSED
    assert outcome(log_in(next_of(passkey).get(login_options("localhost")))) == REFUSED


def test_a_passkey_of_one_organization_is_nobodys_at_another(acme: Cast, globex: Cast, passkey: Authenticator) -> None:
    next_of(passkey)
    passkey.host, passkey.origin = "globex.localhost", "http://globex.localhost:8000"
    assert outcome(log_in(passkey.get(login_options("globex.localhost")), "globex.localhost")) == REFUSED
    assert outcome(log_in(passkey.get(login_options("localhost")), "localhost")) == REFUSED


@pytest.mark.parametrize(
    "origin",
    [
        "http://globex.localhost:8000",
        "http://localhost:8000",
        "http://acme.localhost",
        "http://acme.localhost:8001",
        "https://acme.localhost:8000",
        "http://acme.localhost:8000/",
        "http://acme.localhost:8000.evil.example",
        "http://evil.acme.localhost:8000",
        "HTTP://ACME.LOCALHOST:8000",
        "null",
        "",
        None,
        7,
        ["http://acme.localhost:8000"],
    ],
)
def test_another_origin_is_refused(passkey: Authenticator, origin: Any) -> None:
    passkey.origin = origin
    assert outcome(log_in_with(next_of(passkey))) == REFUSED


@pytest.mark.parametrize("host", ["localhost", "globex.localhost", "ACME.localhost", ""])
def test_another_rp_id_hash_is_refused(passkey: Authenticator, host: str) -> None:
    passkey.host = host
    assert outcome(log_in_with(next_of(passkey))) == REFUSED


@pytest.mark.parametrize("flags", [0, UP, UV, UP | UV | BS, UP | UV | BE, UP | UV | BE | BS])
def test_nobody_present_nobody_verified_and_flags_that_changed_are_refused(passkey: Authenticator, flags: int) -> None:
    passkey.flags = flags
    assert outcome(log_in_with(next_of(passkey))) == REFUSED


@pytest.mark.parametrize(
    "said",
    [
        {"type": "webauthn.create"},
        {"type": "payment.get"},
        {"type": None},
        {"crossOrigin": True},
        {"crossOrigin": "false"},
        {"topOrigin": "https://evil.example"},
    ],
)
def test_another_type_and_a_frame_of_another_site_are_refused(passkey: Authenticator, said: dict[str, Any]) -> None:
    assert outcome(log_in_with(next_of(passkey), **said)) == REFUSED


def test_another_key_signs_nothing(acme: Cast, passkey: Authenticator) -> None:
    passkey.key = new_key(-7)
    assert outcome(log_in_with(next_of(passkey))) == REFUSED
    assert actions(acme, "passkey.refused") == ["passkey.refused"]


Alter = Callable[[dict[str, Any]], None]


def _flip(name: str) -> Alter:
    def alter(credential: dict[str, Any]) -> None:
        text = credential["response"][name]
        credential["response"][name] = text[:-4] + ("AAAA" if text[-4:] != "AAAA" else "BBBB")

    return alter


def _say(name: str, value: str) -> Alter:
    return lambda credential: credential["response"].__setitem__(name, value)


@pytest.mark.parametrize(
    "alter",
    [
        _flip("signature"),
        _flip("authenticatorData"),
        _flip("clientDataJSON"),
        _say("signature", "AA"),
        _say("authenticatorData", "AA"),
        _say("authenticatorData", b64(b"\xff" * 40)),
        _say("clientDataJSON", b64(b"[" * 1_400)),
        _say("clientDataJSON", b64(b"[]")),
        _say("clientDataJSON", b64(b"\xff\xfe")),
        _say("clientDataJSON", b64(b'{"challenge": 1' + b"0" * 1_000 + b"}")),
        _say("clientDataJSON", "A"),
        lambda credential: credential.__setitem__("id", b64(b"unknown")),
    ],
)
def test_what_was_altered_is_refused(passkey: Authenticator, alter: Alter) -> None:
    credential = next_of(passkey).get(login_options())
    alter(credential)
    assert outcome(log_in(credential)) == REFUSED
    assert log_in_with(passkey).status == 200, "and costs its owner nothing"


def test_a_passkey_says_whose_it_is(acme: Cast, passkey: Authenticator) -> None:
    for handle in (None, b64(acme.people["bob"].id.bytes), b64(b"alice")):
        passkey.user_handle = handle  # type: ignore[assignment]  # what an attacker sends
        assert outcome(log_in_with(next_of(passkey))) == REFUSED


def test_one_that_was_removed_meanwhile_is_refused(acme: Cast, alice: Api, passkey: Authenticator) -> None:
    signed = next_of(passkey).get(login_options())
    (identity,) = (each["id"] for each in alice.get("me/passkeys/").body["results"])
    alice.delete(f"me/passkeys/{identity}/")
    assert outcome(log_in(signed)) == REFUSED


def test_a_key_that_a_statement_put_in_its_place_shows_in_the_trail(acme: Cast, passkey: Authenticator) -> None:
    rows("UPDATE passkeys SET public_key = 'pQECAyYgASFYIA'", acme)
    assert outcome(log_in_with(next_of(passkey))) == REFUSED
    assert actions(acme, "passkey.updated") == ["passkey.updated"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("clientDataJSON", "A" * 2_001),
        ("authenticatorData", "A" * 2_001),
        ("signature", "A" * 1_001),
        ("signature", "a b"),
        ("signature", "\u0000"),
        ("signature", ""),
        ("signature", 7),
        ("signature", None),
        ("userHandle", ["a"]),
    ],
)
def test_what_is_no_credential_at_all_is_not_valid(passkey: Authenticator, name: str, value: Any) -> None:
    credential = next_of(passkey).get(login_options())
    credential["response"][name] = value
    assert outcome(log_in(credential)) == (400, "validation_error")


@pytest.mark.parametrize("credential", [None, [], "text", 7, {}, {"id": "a", "type": "password", "response": {}}])
def test_neither_is_another_type(credential: Any) -> None:
    assert outcome(Api(host="localhost").post("auth/passkey/", {"credential": credential})) == (400, "validation_error")


def test_a_client_fails_only_so_often(acme: Cast, passkey: Authenticator, settings: Any) -> None:
    settings.WORKIX = settings.WORKIX.model_copy(update={"lockout_client_failures": 3})
    assert log_in_with(next_of(passkey)).status == 200, "what was right does not count"
    passkey.key = new_key(-7)
    answers = [outcome(log_in_with(next_of(passkey))) for _ in range(4)]
    assert answers == [*[REFUSED] * 3, (429, "rate_limited")]
