"""Attacks on adding a passkey: another's challenge, keys nobody asked for, CBOR that is none, and somebody else's credential."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from fido2 import cbor

from tests.acts import at_once, rows
from tests.cast import Api, Cast, api_of
from tests.integration.accounts.passkeys.authenticators import (
    AT,
    BS,
    HOST,
    NOT_TAKEN,
    UP,
    UV,
    Authenticator,
    b64,
    log_in_with,
    login_options,
    offer,
    options_of,
    person,
    register,
)
from tests.integration.accounts.second_factors.phones import outcome


@pytest.fixture
def alice(acme: Cast) -> Iterator[Api]:
    """Let her try what must add nothing."""
    yield person(acme)
    assert rows("SELECT count(*) FROM passkeys", acme) == [(0,)]


@pytest.fixture
def adder(acme: Cast) -> Api:
    return person(acme)


def test_a_challenge_of_another_session_of_the_same_person_is_refused(acme: Cast, alice: Api) -> None:
    other = person(acme)
    assert outcome(offer(other, Authenticator().create(options_of(alice)))) == NOT_TAKEN


def test_a_challenge_of_another_person_is_refused(acme: Cast, alice: Api) -> None:
    assert outcome(offer(alice, Authenticator().create(options_of(person(acme, "bob"))))) == NOT_TAKEN


def test_a_challenge_of_another_organization_is_refused(acme: Cast, globex: Cast, alice: Api) -> None:
    gina = api_of(globex, "gina", host=globex.host)
    assert outcome(offer(alice, Authenticator().create(options_of(gina)))) == NOT_TAKEN


def test_a_challenge_of_a_log_in_is_refused(acme: Cast, alice: Api) -> None:
    options = options_of(alice) | {"challenge": login_options()["challenge"]}
    assert outcome(offer(alice, Authenticator().create(options))) == NOT_TAKEN


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "http://globex.localhost:8000"},
        {"origin": "http://localhost:8000"},
        {"host": "localhost"},
        {"host": "globex.localhost"},
        {"flags": UP},
        {"flags": UV},
        {"flags": UP | UV | BS},
        {"algorithm": -35},
        {"client": {"type": "webauthn.get"}},
        {"client": {"crossOrigin": True}},
        {"client": {"topOrigin": "http://evil.example"}},
    ],
)
def test_what_was_made_for_something_else_is_refused(acme: Cast, alice: Api, wrong: dict[str, Any]) -> None:
    assert outcome(offer(alice, Authenticator(**wrong).create(options_of(alice)))) == NOT_TAKEN


@pytest.mark.parametrize(
    "key",
    [lambda: rsa.generate_private_key(65537, 1024), lambda: rsa.generate_private_key(3, 2048)],
    ids=["short", "3"],
)
def test_an_rsa_key_that_is_weak_is_refused(acme: Cast, alice: Api, key: Any) -> None:
    assert outcome(offer(alice, Authenticator(-257, key=key()).create(options_of(alice)))) == NOT_TAKEN


POINT = {1: 2, 3: -7, -1: 1, -2: b"\1" * 32, -3: b"\1" * 32}


@pytest.mark.parametrize(
    "key",
    [
        POINT,
        POINT | {-1: 2},
        POINT | {-2: "text"},
        POINT | {3: 0},
        POINT | {3: "ES256"},
        {1: 2, 3: -7},
        {},
        {1: 3, 3: -257, -1: b"\xff" * 600, -2: b"\1\0\1"},
        {1: 1, 3: -8, -1: 6, -2: b"short"},
        {1: 1, 3: -8, -1: 7, -2: b"\1" * 32},
        [1, 2],
        "text",
    ],
)
def test_a_key_that_is_none_is_refused(acme: Cast, alice: Api, key: Any) -> None:
    authenticator = Authenticator()
    credential = authenticator.create(options_of(alice))
    said = bytes(16) + len(authenticator.credential_id).to_bytes(2) + authenticator.credential_id + cbor.encode(key)
    made = {"fmt": "none", "attStmt": {}, "authData": authenticator._data(AT) + said}
    credential["response"]["attestationObject"] = b64(cbor.encode(made))
    assert outcome(offer(alice, credential)) == NOT_TAKEN


@pytest.mark.parametrize(
    "cbor_",
    [
        b"\x81" * 5_000,
        b"\xbf",
        b"\x9b" + b"\xff" * 8,
        b"\x5b" + b"\xff" * 8,
        b"\xa1" * 3_000,
        b"\xfb" + bytes(8),
        b"\xa0",
        b"\xf6",
        b"\xa1\x01\x02\x03",
        b"\x00",
        cbor.encode({"fmt": "none", "attStmt": {}, "authData": b"short"}),
        cbor.encode({"fmt": "none", "attStmt": {}, "authData": 7}),
        cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(37)}),
    ],
)
def test_cbor_that_is_deep_long_or_broken_is_refused(acme: Cast, alice: Api, cbor_: bytes) -> None:
    credential = Authenticator().create(options_of(alice))
    credential["response"]["attestationObject"] = b64(cbor_)
    assert outcome(offer(alice, credential)) == NOT_TAKEN


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 101, "\u0000", 7, None, ["a"]])
def test_a_name_is_one_line(acme: Cast, alice: Api, name: Any) -> None:
    assert outcome(offer(alice, Authenticator().create(options_of(alice)), name)) == NOT_TAKEN


def test_more_than_its_bounds_is_not_read(acme: Cast, alice: Api) -> None:
    credential = Authenticator().create(options_of(alice))
    credential["response"]["attestationObject"] = "A" * 8_001
    assert outcome(offer(alice, credential)) == NOT_TAKEN


def test_an_id_of_a_thousand_bytes_is_taken_and_one_more_than_webauthn_has_is_not(acme: Cast, adder: Api) -> None:
    register(adder, Authenticator(credential_id=b"\1" * 1_023))
    longer = Authenticator(credential_id=b"\1" * 1_024)
    assert outcome(offer(adder, longer.create(options_of(adder)))) == NOT_TAKEN


def test_somebody_elses_credential_is_not_added_again(acme: Cast, adder: Api) -> None:
    of_bob = register(person(acme, "bob"))
    mine = Authenticator(credential_id=of_bob.credential_id)
    assert outcome(offer(adder, mine.create(options_of(adder)))) == NOT_TAKEN
    assert log_in_with(of_bob).body["user"]["email"] == "bob@acme.example"


def test_of_twenty_with_one_challenge_one_is_added(acme: Cast, adder: Api) -> None:
    options = options_of(adder)
    made = [Authenticator().create(options) for _ in range(20)]
    found = at_once(lambda number: offer(adder, made[number]).status, 20)
    assert sorted(found) == [201, *[400] * 19]
    assert rows("SELECT count(*) FROM passkeys", acme) == [(1,)]


def test_the_last_place_is_given_to_one(acme: Cast, adder: Api) -> None:
    register(adder)
    columns = "created_at, updated_at, name, rp_id, public_key, sign_count, aaguid, transports"
    more = f"{columns}, is_backup_eligible, is_backed_up, user_id"
    fill = f"SELECT gen_random_uuid(), {more}, n FROM passkeys, generate_series(1, 18) AS n"
    rows(f"INSERT INTO passkeys (id, {more}, credential_id) {fill}", acme)
    made = [Authenticator().create(options_of(adder)) for _ in range(4)]
    assert sorted(at_once(lambda number: offer(adder, made[number]).status, 4)) == [201, 409, 409, 409]


def test_a_service_key_adds_none(acme: Cast, alice: Api) -> None:
    issued = alice.post("api-keys/", {"name": "Runner", "scopes": ["quotas:read"]}).body["key"]
    assert Api(issued, HOST).post("me/passkeys/options/").status == 403
