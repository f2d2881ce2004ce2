"""An authenticator (WebAuthn) of the tests' own: it makes passkeys and signs with them, rightly or wrongly, as it is told."""

from __future__ import annotations

import hashlib
import os
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from fido2 import cbor
from fido2.cose import ES256, ES384, RS256, CoseKey, EdDSA

from accounts.models import Passkey
from tenants.scope import use_tenant
from tests.acts import rows
from tests.cast import Answer, Api, Cast, api_of

HOST = "acme.localhost"
ORIGIN = "http://acme.localhost:8000"
REFUSED = (401, "passkey_not_valid")
NOT_TAKEN = (400, "validation_error")
UP, UV, BE, BS, AT = 0x01, 0x04, 0x08, 0x10, 0x40


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def new_key(algorithm: int) -> Any:
    if algorithm == -257:
        return rsa.generate_private_key(65537, 2048)
    if algorithm == -8:
        return ed25519.Ed25519PrivateKey.generate()
    return ec.generate_private_key(ec.SECP384R1() if algorithm == -35 else ec.SECP256R1())


@dataclass
class Authenticator:
    """One passkey. What it says of itself is a field, to be told otherwise."""

    algorithm: int = -7
    host: str = HOST
    origin: str = ORIGIN
    flags: int = UP | UV
    sign_count: int = 0
    credential_id: bytes = field(default_factory=lambda: os.urandom(16))
    user_handle: str = ""
    client: dict[str, Any] = field(default_factory=dict)
    key: Any = None

    def __post_init__(self) -> None:
        self.key = self.key or new_key(self.algorithm)

    def cose(self) -> CoseKey:
        kind: Any = {-7: ES256, -8: EdDSA, -257: RS256, -35: ES384}[self.algorithm]
        made: CoseKey = kind.from_cryptography_key(self.key.public_key())
        return made

    def create(self, options: dict[str, Any], **client: Any) -> dict[str, Any]:
        """Do what `navigator.credentials.create()` does."""
        self.user_handle = options["user"]["id"]
        said = bytes(16) + len(self.credential_id).to_bytes(2) + self.credential_id + cbor.encode(self.cose())
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(AT) + said}
        return {
            "id": b64(self.credential_id),
            "rawId": b64(self.credential_id),
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "clientExtensionResults": {"credProps": {"rk": True}},
            "response": {
                "clientDataJSON": b64(self._client("webauthn.create", options["challenge"], client)),
                "attestationObject": b64(cbor.encode(attestation)),
                "transports": ["internal", "hybrid", "thought"],
                "publicKeyAlgorithm": self.algorithm,
            },
        }

    def get(self, options: dict[str, Any], **client: Any) -> dict[str, Any]:
        """Do what `navigator.credentials.get()` does."""
        said, data = self._client("webauthn.get", options["challenge"], client), self._data()
        return {
            "id": b64(self.credential_id),
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": b64(said),
                "authenticatorData": b64(data),
                "signature": b64(self._sign(data + hashlib.sha256(said).digest())),
                "userHandle": self.user_handle,
            },
        }

    def _data(self, more: int = 0) -> bytes:
        rp_id_hash = hashlib.sha256(self.host.encode()).digest()
        return rp_id_hash + bytes([self.flags | more]) + self.sign_count.to_bytes(4)

    def _client(self, kind: str, challenge: str, more: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return orjson.dumps(said | self.client | more)

    def _sign(self, message: bytes) -> bytes:
        if self.algorithm == -257:
            signed: bytes = self.key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        elif self.algorithm == -8:
            signed = self.key.sign(message)
        else:
            signed = self.key.sign(message, ec.ECDSA(hashes.SHA256()))
        return signed


def at_host(api: Api, host: str = HOST) -> Api:
    """Speak to the organization's own host."""
    return Api(api.access, host)


def person(acme: Cast, name: str = "alice") -> Api:
    return api_of(acme, name, host=acme.host)


def options_of(api: Api, path: str = "me/passkeys/options/", body: Any = None) -> dict[str, Any]:
    answer = api.post(path, body)
    assert answer.status == 200, answer.body
    options: dict[str, Any] = answer.body
    return options


def offer(api: Api, credential: Any, name: Any = "Laptop") -> Answer:
    return api.post("me/passkeys/", {"name": name, "credential": credential})


def register(api: Api, authenticator: Authenticator | None = None, name: str = "Laptop") -> Authenticator:
    """Add a passkey for whoever speaks."""
    authenticator = authenticator or Authenticator()
    answer = offer(api, authenticator.create(options_of(api)), name)
    assert answer.status == 201, answer.body
    return authenticator


def login_options(host: str = HOST) -> dict[str, Any]:
    return options_of(Api(host=host), "auth/passkey/options/")


def log_in(credential: Any, host: str = HOST, **more: Any) -> Answer:
    return Api(host=host).post("auth/passkey/", {"credential": credential, **more})


def log_in_with(authenticator: Authenticator, **client: Any) -> Answer:
    return log_in(authenticator.get(login_options(), **client))


def give_passkey(cast: Cast, name: str = "alice") -> str:
    """Let somebody have a passkey behind everybody's back; return its id."""
    with use_tenant(cast.organization):
        made = Passkey.objects.create(
            user=cast.people[name],
            name="Key",
            rp_id=cast.host,
            credential_id=b64(os.urandom(16)),
            public_key="",
            aaguid=UUID(int=0),
            is_backup_eligible=False,
            is_backed_up=False,
        )
    return str(made.id)


def of_database(cast: Cast) -> list[tuple[Any, ...]]:
    return rows(f"SELECT name, sign_count, is_backed_up FROM {Passkey._meta.db_table} ORDER BY created_at", cast)
