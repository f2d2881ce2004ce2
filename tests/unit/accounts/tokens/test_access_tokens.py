"""Access tokens: what we put in, and everything we do not believe."""

from __future__ import annotations

import time
import uuid
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from accounts.tokens import access_tokens
from accounts.tokens.access_tokens import Claims
from accounts.tokens.signing_keys import key_set
from tests.acts import calls_of
from tests.unit.accounts.tokens.hand_made import ACME, ALICE, SESSION, crafted, issue, our_key, payload, refused, signed


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    key_set().verified.clear()
    yield
    key_set().verified.clear()


@pytest.mark.requirement("S11")
def test_a_token_says_what_the_contract_says() -> None:
    token = issue()
    claims = jwt.decode(token, options={"verify_signature": False})
    assert jwt.get_unverified_header(token) == {"alg": "EdDSA", "typ": "JWT", "kid": our_key().id}
    assert claims == payload(iat=claims["iat"], nbf=claims["iat"], exp=claims["iat"] + 900, jti=claims["jti"])


@pytest.mark.parametrize("organization", [ACME, None])
def test_what_was_issued_is_read_back(organization: uuid.UUID | None) -> None:
    token = issue(organization)
    expires_at = float(jwt.decode(token, options={"verify_signature": False})["exp"])
    claims = Claims(organization, ALICE, SESSION, expires_at)
    assert access_tokens.read(token) == claims
    assert access_tokens.read(token) == claims  # remembered by now


def test_the_hand_made_payload_of_these_tests_is_good_before_it_is_spoilt() -> None:
    assert access_tokens.read(signed(payload())).user_id == ALICE


@pytest.mark.requirement("S135")
@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "other"},
        {"aud": ...},
        {"iss": "https://evil.example"},
        {"iss": ...},
        {"typ": "refresh"},
        {"typ": ...},
        {"exp": 1},
        {"exp": ...},
        {"exp": "soon"},
        {"nbf": 99_999_999_999},
        {"iat": 99_999_999_999},
        {"sub": ...},
        {"sub": "alice"},
        {"sub": 1},
        {"sub": None},
        {"org": ...},
        {"org": 7},
        {"org": "acme"},
        {"sid": ...},
        {"sid": ["x"]},
        {"jti": ...},
    ],
    ids=str,
)
def test_a_wrong_claim_is_not_believed_even_when_we_signed_it(changes: dict[str, Any]) -> None:
    assert refused(signed(payload(**changes)))


@pytest.mark.fault("E5")
@pytest.mark.parametrize("ahead", [1, 29])
@pytest.mark.parametrize("claims", [("iat",), ("nbf",), ("iat", "nbf")])
def test_a_token_of_a_server_whose_clock_is_ahead_is_believed(claims: tuple[str, ...], ahead: int) -> None:
    with time_machine.travel(time.time(), tick=False):
        later = int(time.time()) + ahead
        assert access_tokens.read(signed(payload(**dict.fromkeys(claims, later)))).user_id == ALICE


@pytest.mark.fault("E5")
@pytest.mark.parametrize("claim", ["iat", "nbf"])
def test_a_token_of_half_a_minute_from_now_is_not(claim: str) -> None:
    with time_machine.travel(time.time(), tick=False):
        assert refused(signed(payload(**{claim: int(time.time()) + 32})))


@pytest.mark.fault("E5")
@pytest.mark.parametrize("ago", [0, 1, 29, 31])
def test_a_token_that_has_ended_gets_no_leeway(ago: int) -> None:
    with time_machine.travel(time.time(), tick=False):
        assert refused(signed(payload(exp=int(time.time()) - ago)))


@pytest.mark.requirement("S135")
def test_a_token_without_a_signature_is_not_believed() -> None:
    headers = {"kid": our_key().id}
    assert refused(jwt.encode(payload(), None, "none", headers))
    head, body, _ = issue().split(".")
    assert refused(f"{head}.{body}.")


@pytest.mark.requirement("S135")
def test_our_public_key_is_no_shared_secret() -> None:
    public = our_key().public
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    assert refused(signed(payload(), key=raw, algorithm="HS256"))


@pytest.mark.requirement("S135")
def test_a_strangers_key_is_not_believed_under_our_name() -> None:
    stranger = Ed25519PrivateKey.generate()
    assert refused(signed(payload(), key=stranger))
    assert refused(signed(payload(), key=stranger, kid="stranger"))


@pytest.mark.requirement("S135")
@pytest.mark.parametrize("header", [{"kid": ...}, {"kid": "other"}, {"kid": ""}, {"crit": ["x"], "x": 1}], ids=str)
def test_a_header_that_leads_to_no_key_of_ours_is_not_believed(header: dict[str, Any]) -> None:
    assert refused(signed(payload(), **header))


@pytest.mark.requirement("S135")
@pytest.mark.parametrize(
    "garbage",
    ["", ".", "..", "...", "a.b.c", "null", "eyJ9.eyJ9.x", "ümlaut", "a" * 10_000, "\x00", "W10.W10.W10"],
    ids=repr,
)
def test_garbage_is_refused_like_everything_else(garbage: str) -> None:
    assert refused(garbage)


@pytest.mark.requirement("S135")
def test_any_changed_character_is_noticed() -> None:
    head, body, signature = issue().split(".")
    assert access_tokens.read(f"{head}.{body}.{signature}").user_id == ALICE
    for index in range(0, len(body), 7):
        other = "A" if body[index] != "A" else "B"
        assert refused(f"{head}.{body[:index]}{other}{body[index + 1 :]}.{signature}")


@pytest.mark.fault("G2")
def test_a_token_nobody_saw_before_is_verified_with_a_key_that_was_parsed_before() -> None:
    access_tokens.read(issue())
    fresh = issue()
    assert calls_of(lambda: access_tokens.read(fresh)) < 40


@pytest.mark.fault("G2")
@pytest.mark.requirement("S71")
def test_a_signature_is_verified_once_however_long_its_token_is_good() -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        token = issue()
        first = calls_of(lambda: access_tokens.read(token))
        clock.shift(timedelta(minutes=14, seconds=59))
        assert calls_of(lambda: access_tokens.read(token)) < first / 3
        clock.shift(1)
        assert refused(token)


@pytest.mark.requirement("S135")
def test_one_signature_is_one_token_however_its_last_character_is_written() -> None:
    head, body, signature = issue().split(".")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    last = alphabet.index(signature[-1])
    same_bytes = {alphabet[last ^ bit] for bit in (1, 2, 3, 4, 8)} - {signature[-1]}
    spellings = [f"{head}.{body}.{signature[:-1]}{each}" for each in same_bytes]
    spellings += [f"{head}.{body}.{signature}{tail}" for tail in ("=", "==", "\n", "!", " ", ".")]
    standard = signature.translate(str.maketrans("-_", "+/"))
    spellings += [f"{head}.{body}.{standard}"] if standard != signature else []
    assert [each for each in spellings if not refused(each)] == []


@pytest.mark.requirement("S135")
@pytest.mark.parametrize("length", [0, 1, 32, 63, 65, 128])
def test_a_signature_of_another_length_is_none(length: int) -> None:
    head, body, _ = issue().split(".")
    assert refused(f"{head}.{body}.{urlsafe_b64encode(bytes(length)).decode().rstrip('=')}")


@pytest.mark.requirement("S135")
@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "HS256"},
        {"alg": "Ed25519"},
        {"alg": ["EdDSA"]},
        {"alg": None},
        {"kid": None},
        {"kid": ["x"]},
        {"kid": {}},
        {"crit": []},
        {"crit": ["b64"], "b64": False},
        {"b64": True},
    ],
    ids=str,
)
def test_a_header_of_our_own_key_chooses_no_other_way_to_verify(header: dict[str, Any]) -> None:
    """Signed as it ought to be: only what the header says is wrong."""
    good = {"alg": "EdDSA", "kid": our_key().id}
    assert access_tokens.read(crafted(good, payload())).user_id == ALICE
    assert refused(crafted(good | header, payload()))


@pytest.mark.requirement("S135")
@pytest.mark.parametrize(
    "changes", [{"iat": ...}, {"nbf": ...}, {"iat": "0"}, {"nbf": None}, {"aud": ["workix"]}, {"jti": 7}], ids=str
)
def test_what_we_never_write_is_not_believed(changes: dict[str, Any]) -> None:
    assert refused(signed(payload(**changes)))


@pytest.mark.requirement("S135")
@pytest.mark.parametrize(
    "body", [b"[]", b"null", b'"x"', b"1", b"", b"{", b"\xff", b"[" * 100_000], ids=lambda each: repr(each[:9])
)
def test_a_payload_that_is_no_object_is_refused_although_we_signed_it(body: bytes) -> None:
    assert refused(crafted({"alg": "EdDSA", "kid": our_key().id}, body))


@pytest.mark.requirement("S71")
def test_a_token_ends_after_15_minutes_remembered_or_not() -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        token = issue()
        clock.shift(timedelta(minutes=14, seconds=58))
        assert access_tokens.read(token).user_id == ALICE
        clock.shift(1)
        assert access_tokens.read(token).user_id == ALICE
        clock.shift(1)
        assert refused(token)


def test_what_is_remembered_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access_tokens, "_LARGEST", 3)
    made = [issue() for _ in range(7)]
    assert [access_tokens.read(each).user_id for each in made] == [ALICE] * 7
    assert len(key_set().verified) == 1
