"""WebAuthn ceremonies: whatever bytes come, they are verified or refused, and nothing else happens."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from uuid import UUID

import pytest
from fido2 import cbor
from fido2.utils import websafe_decode
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Passkey
from accounts.passkeys.challenges import PasskeyNotValid
from accounts.passkeys.relying_party import RelyingParty
from accounts.passkeys.webauthn import Assertion, Attestation, read_challenge, verify_assertion, verify_registration
from tests.integration.accounts.passkeys.authenticators import HOST, ORIGIN, Authenticator

RP = RelyingParty(HOST, "Acme", (ORIGIN,), None)
OPTIONS = {"challenge": "A" * 86, "user": {"id": "AAAA"}}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
CBOR = st.recursive(
    st.booleans() | st.integers(-(2**63), 2**63) | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.integers(-9, 9) | st.sampled_from(["fmt", "authData"]), inner),
)


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def passkey(authenticator: Authenticator) -> Passkey:
    return Passkey(
        credential_id=b64(authenticator.credential_id),
        public_key=b64(cbor.encode(authenticator.cose())),
        aaguid=UUID(int=0),
        is_backup_eligible=False,
    )


def registered(said: bytes, attestation: bytes) -> None:
    verify_registration(Attestation(b64(said), b64(attestation)), RP)


def test_what_an_authenticator_makes_is_read() -> None:
    authenticator = Authenticator(sign_count=3)
    response = authenticator.create(OPTIONS)["response"]
    made = verify_registration(Attestation(response["clientDataJSON"], response["attestationObject"]), RP)
    assert (made.credential_id, made.sign_count) == (b64(authenticator.credential_id), 3)
    assert made.public_key == passkey(authenticator).public_key


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | JSON.map(as_json), st.binary(max_size=300) | CBOR.map(cbor.encode))
def test_random_bytes_are_no_registration(said: bytes, attestation: bytes) -> None:
    with pytest.raises(PasskeyNotValid):
        registered(said, attestation)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_registration_with_one_byte_altered_is_read_or_refused(data: st.DataObject) -> None:
    response = Authenticator(credential_id=b"\1" * 16).create(OPTIONS)["response"]
    sent = bytearray(websafe_decode(response["attestationObject"]))
    sent[data.draw(st.integers(0, len(sent) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        registered(websafe_decode(response["clientDataJSON"]), bytes(sent))
    except PasskeyNotValid:
        return


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_an_assertion_with_one_byte_altered_is_refused(data: st.DataObject) -> None:
    authenticator = Authenticator(-8)
    response = authenticator.get(OPTIONS)["response"]
    name = data.draw(st.sampled_from(["clientDataJSON", "authenticatorData", "signature"]))
    sent = bytearray(websafe_decode(response[name]))
    sent[data.draw(st.integers(0, len(sent) - 1))] ^= data.draw(st.integers(1, 255))
    parts = response | {name: b64(bytes(sent))}
    signed = Assertion("", parts["clientDataJSON"], parts["authenticatorData"], parts["signature"])
    with pytest.raises(PasskeyNotValid):
        verify_assertion(signed, passkey(authenticator), RP)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200) | JSON.map(as_json))
def test_whatever_is_said_has_a_challenge_or_is_refused(said: bytes) -> None:
    try:
        assert isinstance(read_challenge(b64(said)), str)
    except PasskeyNotValid:
        return
