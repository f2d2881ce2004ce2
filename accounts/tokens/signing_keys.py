"""The Ed25519 keys that sign access tokens (JWK, JWKS)."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

_PEM = re.compile(r"-----BEGIN PRIVATE KEY-----.*?-----END PRIVATE KEY-----", re.DOTALL)


@dataclass(frozen=True)
class SigningKey:
    """An Ed25519 key. `id` is its thumbprint."""

    id: str
    private: Ed25519PrivateKey
    public: Ed25519PublicKey

    def as_jwk(self) -> dict[str, str]:
        """Describe the public half. Source: RFC 8037, section 2."""
        return {**_required_members(self.public), "kid": self.id, "use": "sig", "alg": "EdDSA"}


@cache
def signing_keys() -> tuple[SigningKey, ...]:
    """Return every key: the first signs, all verify.

    So a new key is put first, and the old one stays until its last token has expired.
    """
    return tuple(_load(pem) for pem in _PEM.findall(settings.WORKIX.signing_keys.reveal()))


@cache
def verifying_keys() -> dict[str, Ed25519PublicKey]:
    return {key.id: key.public for key in signing_keys()}


def jwks() -> dict[str, list[dict[str, str]]]:
    """Return the document behind /.well-known/jwks.json. Source: RFC 7517, section 5."""
    return {"keys": [key.as_jwk() for key in signing_keys()]}


def _load(pem: str) -> SigningKey:
    private = serialization.load_pem_private_key(pem.encode(), password=None)
    assert isinstance(private, Ed25519PrivateKey)  # checked where the environment is read
    public = private.public_key()
    return SigningKey(_thumbprint(public), private, public)


def _required_members(public: Ed25519PublicKey) -> dict[str, str]:
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return {"crv": "Ed25519", "kty": "OKP", "x": _base64url(raw)}


def _thumbprint(public: Ed25519PublicKey) -> str:
    """Name a key by its contents. Source: RFC 7638, section 3."""
    members = json.dumps(_required_members(public), separators=(",", ":"), sort_keys=True)
    return _base64url(hashlib.sha256(members.encode()).digest())


def _base64url(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
