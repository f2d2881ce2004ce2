"""Attacks on ID tokens (OpenID Connect, RFC 8725): each is refused, opens no session, and makes nobody a person."""

from __future__ import annotations

import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone

from accounts.models import IdentityProvider
from tests.acts import rows
from tests.browsers import Browser
from tests.cast import Cast
from tests.integration.accounts.single_sign_on.provider import FakeProvider
from tests.integration.accounts.single_sign_on.signing_on import CAROL, nothing_came_of_it, sign_on

DOWN_THE_ROAD = timezone.timedelta(minutes=11)


def test_what_is_refused_here_would_have_been_let_in(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    assert sign_on(browser, provider, fake).status == 302
    assert rows("SELECT count(*) FROM sessions", acme) == [(1,)]


@pytest.mark.parametrize("claims", [
    {"iss": "https://evil.example"},
    {"iss": "http://127.0.0.1"},
    {"aud": "another client"},
    {"aud": ["workix", "another client"]},
    {"aud": []},
    {"aud": None},
    {"azp": "another client"},
    {"nonce": "another"},
    {"nonce": ""},
    {"nonce": None},
    {"nonce": ["x"]},
    {"exp": 1},
    {"exp": "soon"},
    {"iat": int(time.time()) + 3_600},
    {"iat": int(time.time()) - 3_600},
    {"nbf": int(time.time()) + 3_600},
    {"sub": ""},
    {"sub": "x" * 256},
    {"sub": "carol\u0000"},
    {"sub": 7},
    {"sub": None},
    {"nonce": "\ud800"},
    {"email": "carol\u0000@acme.example"},
    {"email": "carol\ud800@acme.example"},
    {"email": "x" * 100_000 + "@acme.example"},
    {"email": {"carol@acme.example": True}},
    {"iat": 10**400},
    {"exp": float("inf")},
])  # fmt: skip
def test_an_id_token_with_a_wrong_claim(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider, claims: dict[str, Any]
) -> None:
    fake.claims = claims
    nothing_came_of_it(acme, sign_on(browser, provider, fake))


@pytest.mark.parametrize("claims", [
    {"auth_time": 10**20},
    {"auth_time": -(10**20)},
    {"auth_time": "today"},
    {"given_name": "Carol\u0000", "family_name": "\ud800"},
    {"given_name": ["Carol"], "family_name": 7},
    {"groups": ["\u0000", "\ud800", 7, None, ["x"]]},
    {"groups": {"workix-admins": True}},
])  # fmt: skip
def test_what_a_provider_says_oddly_beside_who_it_is_keeps_nobody_out(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider, claims: dict[str, Any]
) -> None:
    fake.claims = claims
    assert sign_on(browser, provider, fake).status == 302
    assert rows("SELECT count(*) FROM sessions", acme) == [(1,)]


@pytest.mark.parametrize("missing", ["iss", "aud", "exp", "iat", "nonce", "sub"])
def test_an_id_token_without_a_claim(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider, missing: str
) -> None:
    fake.without = (missing,)
    nothing_came_of_it(acme, sign_on(browser, provider, fake))


def test_an_id_token_that_nobody_signed(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    fake.algorithm, fake.signing_key = "none", ""
    fake.id_token = lambda asked: jwt.encode(_claims(fake, asked), "", algorithm="none", headers={"kid": "one"})  # type: ignore[method-assign]
    nothing_came_of_it(acme, sign_on(browser, provider, fake))


def test_an_id_token_signed_with_the_public_key_as_if_it_were_a_shared_secret(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    public = fake.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    fake.id_token = lambda asked: jwt.encode(_claims(fake, asked), public, algorithm="HS256", headers={"kid": "one"})  # type: ignore[method-assign]
    nothing_came_of_it(acme, sign_on(browser, provider, fake))


def test_an_id_token_signed_with_the_client_secret(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    secret = "a secret of the client, long enough for it"  # noqa: S105  # of a provider that is made here
    fake.id_token = lambda asked: jwt.encode(_claims(fake, asked), secret, algorithm="HS256", headers={"kid": "one"})  # type: ignore[method-assign]
    nothing_came_of_it(acme, sign_on(browser, provider, fake))


def test_an_id_token_of_another_key_under_the_name_of_the_right_one(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    fake.signing_key = generate_private_key(SECP256R1())
    nothing_came_of_it(acme, sign_on(browser, provider, fake))


@pytest.mark.parametrize("name", ["jwk", "jku", "x5u", "x5c"])
def test_an_id_token_that_brings_its_key_along(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider, name: str
) -> None:
    fake.signing_key = generate_private_key(SECP256R1())
    public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(fake.signing_key.public_key()))
    brought = {"jwk": public, "jku": f"{fake.issuer}/mine", "x5u": f"{fake.issuer}/mine", "x5c": ["AAAA"]}
    fake.header = {"kid": "mine", name: brought[name]}
    nothing_came_of_it(acme, sign_on(browser, provider, fake))
    assert "/mine" not in [path for path, *_ in fake.asked]


@pytest.mark.parametrize(
    "header", [{"kid": "unknown"}, {"kid": "../../jwks"}, {"kid": "one", "crit": ["exp2"], "exp2": 1}]
)
def test_an_id_token_with_a_wrong_header(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider, header: dict[str, Any]
) -> None:
    fake.header = header
    nothing_came_of_it(acme, sign_on(browser, provider, fake))


def test_keys_are_looked_up_once_a_minute_whatever_kids_are_sent(
    acme: Cast, provider: IdentityProvider, fake: FakeProvider
) -> None:
    for number in range(4):
        fake.header = {"kid": f"unknown-{number}"}
        sign_on(Browser(acme.host), provider, fake)
    assert [path for path, *_ in fake.asked].count("/jwks") == 1


@pytest.mark.parametrize("token", ["", "a.b.c", "...", "x" * 20_000, 7, None, ["a"]])
def test_an_answer_whose_id_token_is_none(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider, token: Any
) -> None:
    fake.answers["/token"] = (200, {}, json.dumps({"access_token": "x", "id_token": token}).encode())
    nothing_came_of_it(acme, sign_on(browser, provider, fake))


def _claims(fake: FakeProvider, asked: dict[str, str]) -> dict[str, Any]:
    now = int(time.time())
    return {
        "iss": fake.issuer,
        "aud": asked["client_id"],
        "iat": now,
        "exp": now + 300,
        "nonce": asked["nonce"],
        **CAROL,
    }
