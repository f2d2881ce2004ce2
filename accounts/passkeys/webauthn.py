"""WebAuthn ceremonies (W3C, Level 3): reads and verifies what an authenticator made; alone knows the library (fido2)."""

# Note [What the library leaves]
# fido2 checks type, challenge, origin, RP ID hash, presence, verification and signature. It does not check that the algorithm
# is one we asked for, that the key can be used at all, that no frame of another site asked (crossOrigin), the sign count,
# nor that the flags go together: that is here. Attestation is "none": which model of authenticator somebody has we take their
# word for, and ask for no certificate that would tell people apart.
# What it reads are bytes of strangers; the bounds are the serializer's (accounts/passkeys/credentials.py), and whatever
# its parsers stumble over is the same refusal.

from __future__ import annotations

import json
import logging
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestationObject,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    PublicKeyCredentialRpEntity,
    RegistrationResponse,
    UserVerificationRequirement,
)

from accounts.models import Passkey
from accounts.passkeys.challenges import PasskeyNotValid
from accounts.passkeys.relying_party import RelyingParty

#: ES256, EdDSA, RS256: what every authenticator has one of (COSE, RFC 9053 and 8812), the best first.
ALGORITHMS = (-7, -8, -257)
#: Of a credential's id (WebAuthn, 4).
_ID_BYTES = range(1, 1024)
#: Bits of an RSA key, which some Windows machines make.
_RSA = range(2048, 4097)
_RSA_EXPONENT = 65537

logging.getLogger("fido2").setLevel(logging.WARNING)  # it tells each log-in, with the credential's id

#: What the library and the parsers below it raise of bytes that are no credential: whichever it is, the passkey is not valid.
_STUMBLES = (
    *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError, struct.error),
    *(RecursionError, NotImplementedError, InvalidSignature, UnsupportedAlgorithm),
)


@dataclass(frozen=True, slots=True)
class Registration:
    """A credential that was made for a challenge."""

    credential_id: str
    public_key: str
    sign_count: int
    aaguid: UUID
    is_backup_eligible: bool
    is_backed_up: bool


@dataclass(frozen=True, slots=True)
class Attestation:
    """What navigator.credentials.create() gave, in base64url."""

    client_data: str
    attestation_object: str


@dataclass(frozen=True, slots=True)
class Assertion:
    """What navigator.credentials.get() gave, in base64url. `user_handle` says whose a discoverable passkey is."""

    credential_id: str
    client_data: str
    authenticator_data: str
    signature: str
    user_handle: str = ""


def read_challenge(client_data: str) -> str:
    """Return the challenge that was signed, before anything of it is believed.

    :raises PasskeyNotValid: when there is none, or a frame of another site asked for the signature.
    """
    with _refusing():
        said = json.loads(websafe_decode(client_data))
        challenge = said["challenge"]
        if said.get("crossOrigin", False) is not False or "topOrigin" in said or not isinstance(challenge, str):
            raise PasskeyNotValid
    return str(challenge)


def verify_registration(sent: Attestation, rp: RelyingParty) -> Registration:
    """Verify a new credential. See Note [What the library leaves].

    :raises PasskeyNotValid: when it was not made for this relying party, or with another algorithm.
    """
    with _refusing():
        response = AuthenticatorAttestationResponse(
            client_data=CollectedClientData(websafe_decode(sent.client_data)),
            attestation_object=AttestationObject(websafe_decode(sent.attestation_object)),
        )
        data = response.attestation_object.auth_data
        made = data.credential_data
        if made is None or len(made.credential_id) not in _ID_BYTES:
            raise PasskeyNotValid
        registered = RegistrationResponse(raw_id=made.credential_id, response=response)
        _server(rp).register_complete(_state(sent.client_data), registered)
        _require_usable(made.public_key)
        _require_flags(data)
        return Registration(
            credential_id=websafe_encode(made.credential_id),
            public_key=websafe_encode(cbor.encode(made.public_key)),
            sign_count=data.counter,
            aaguid=UUID(bytes=bytes(made.aaguid)),
            is_backup_eligible=data.is_backup_eligible(),
            is_backed_up=data.is_backed_up(),
        )


def verify_assertion(sent: Assertion, passkey: Passkey, rp: RelyingParty) -> AuthenticatorData:
    """Verify a signature of a passkey.

    :raises PasskeyNotValid: when it is not one for this relying party, or nobody was verified.
    """
    with _refusing():
        response = AuthenticatorAssertionResponse(
            client_data=CollectedClientData(websafe_decode(sent.client_data)),
            authenticator_data=AuthenticatorData(websafe_decode(sent.authenticator_data)),
            signature=websafe_decode(sent.signature),
        )
        signed = AuthenticationResponse(raw_id=websafe_decode(passkey.credential_id), response=response)
        _server(rp).authenticate_complete(_state(sent.client_data), [_known(passkey)], signed)
        _require_flags(response.authenticator_data)
        if response.authenticator_data.is_backup_eligible() != passkey.is_backup_eligible:
            raise PasskeyNotValid  # it never changes (WebAuthn, 6.1.3)
        return response.authenticator_data


def _server(rp: RelyingParty) -> Fido2Server:
    return Fido2Server(
        PublicKeyCredentialRpEntity(name=rp.name, id=rp.id),
        attestation=AttestationConveyancePreference.NONE,
        verify_origin=lambda origin: origin in rp.origins,
    )


def _state(client_data: str) -> dict[str, object]:
    """Say what the library compares with. That the challenge is ours was found before: accounts/passkeys/challenges.py."""
    return {"challenge": read_challenge(client_data), "user_verification": UserVerificationRequirement.REQUIRED}


def _known(passkey: Passkey) -> AttestedCredentialData:
    key = CoseKey.parse(cbor.decode(websafe_decode(passkey.public_key)))  # type: ignore[arg-type]  # a map, as it was written
    return AttestedCredentialData.create(passkey.aaguid.bytes, websafe_decode(passkey.credential_id), key)


def _require_usable(key: CoseKey) -> None:
    """Refuse a key of another algorithm, one that is no point of its curve, and an RSA key that is too weak or too slow."""
    if key[3] not in ALGORITHMS:
        raise PasskeyNotValid
    if key[3] == -257:
        numbers = RSAPublicNumbers(int.from_bytes(key[-2]), int.from_bytes(key[-1]))
        if numbers.n.bit_length() not in _RSA or numbers.e != _RSA_EXPONENT:
            raise PasskeyNotValid
    try:
        key.verify(b"", b"\0" * 64)
    except InvalidSignature:
        return  # what it should say: the key was read
    raise PasskeyNotValid


def _require_flags(data: AuthenticatorData) -> None:
    if data.is_backed_up() and not data.is_backup_eligible():
        raise PasskeyNotValid


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except _STUMBLES as error:
        raise PasskeyNotValid from error
