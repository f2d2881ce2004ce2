"""The Ed25519 keys that sign access tokens (JWK, JWKS): which is next, current, retiring, or has done (key rotation)."""

# Note [The life of a key]
# A key says from when on it signs. Until then it is the next one: it is published, so that whoever keeps our key set for a
# while knows it when its first token comes. Then it is the current one, and the one before it retires: it verifies until
# the last token it signed has ended. After that it is nothing, whether it is taken from the file or not. All of it follows
# from the file and the clock, so it happens everywhere at once, and nobody is logged out.

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from workix.config.keys import private_keys
from workix.config.keys.private_keys import PrivateKey

#: Clocks differ, and a file comes to some machines later: a key verifies this much longer than its last token lives.
MARGIN = timedelta(minutes=5)


class State(StrEnum):
    """See Note [The life of a key]."""

    NEXT = "next"
    CURRENT = "current"
    RETIRING = "retiring"
    RETIRED = "retired"


@dataclass(frozen=True)
class SigningKey:
    """An Ed25519 key. `id` is its thumbprint; `ends_at` is when its last token has ended, None while none replaces it."""

    id: str
    private: Ed25519PrivateKey = field(repr=False)
    public: Ed25519PublicKey
    signs_from: datetime | None = None
    ends_at: datetime | None = None

    def as_jwk(self) -> dict[str, str]:
        """Describe the public half. Source: RFC 8037, section 2."""
        return {**_required_members(self.public), "kid": self.id, "use": "sig", "alg": "EdDSA"}


@dataclass(frozen=True, eq=False)
class KeySet:
    """All there are, the newest first. `verified` is what was verified by them: with others, all of it is verified anew."""

    keys: tuple[SigningKey, ...]
    verified: dict[bytes, Any] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, SigningKey]:
        return {key.id: key for key in self.keys}

    def current(self, *, now: datetime) -> SigningKey:
        """Return the one that signs: the newest that has begun, or where none has, the first that will."""
        return next((key for key in self.keys if key.signs_from is None or key.signs_from <= now), self.keys[-1])

    def state_of(self, key: SigningKey, *, now: datetime) -> State:
        current = self.current(now=now)
        if key.id == current.id:
            return State.CURRENT
        if self.keys.index(key) < self.keys.index(current):
            return State.NEXT
        return State.RETIRED if key.ends_at is not None and key.ends_at <= now else State.RETIRING


def key_set() -> KeySet:
    """Return the keys of the file, or variable, as it is now."""
    return key_set_of(settings.WORKIX.signing_keys.reveal())


@lru_cache(maxsize=2)
def key_set_of(text: str) -> KeySet:
    """Return the keys of such a text, each parsed once."""
    return KeySet(tuple(_with_ends(_by_age(private_keys.parse(text)))))


def jwks(now: datetime) -> dict[str, list[dict[str, str]]]:
    """Return the document behind /.well-known/jwks.json: all that verify, and the next. Source: RFC 7517, section 5."""
    found = key_set()
    return {"keys": [key.as_jwk() for key in found.keys if found.state_of(key, now=now) is not State.RETIRED]}


def thumbprint_of(key: PrivateKey) -> str:
    """Return the id of a key."""
    return _thumbprint(_load(key.pem).public_key())


def _by_age(keys: Iterable[PrivateKey]) -> list[PrivateKey]:
    """Put the newest first. Those that do not say when they began are older, and stand in that order already."""
    beginning = datetime.min.replace(tzinfo=UTC)
    return sorted(keys, key=lambda key: key.signs_from or beginning, reverse=True)


def _with_ends(keys: Iterable[PrivateKey]) -> Iterable[SigningKey]:
    replaced_at: datetime | None = None
    for key in keys:
        private = _load(key.pem)
        public = private.public_key()
        ends_at = replaced_at + settings.ACCESS_TOKEN_LIFETIME + MARGIN if replaced_at else None
        yield SigningKey(_thumbprint(public), private, public, key.signs_from, ends_at)
        replaced_at = key.signs_from or replaced_at


def _load(pem: str) -> Ed25519PrivateKey:
    private = serialization.load_pem_private_key(pem.encode(), password=None)
    assert isinstance(private, Ed25519PrivateKey)  # checked where the environment is read
    return private


def _required_members(public: Ed25519PublicKey) -> dict[str, str]:
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return {"crv": "Ed25519", "kty": "OKP", "x": _base64url(raw)}


def _thumbprint(public: Ed25519PublicKey) -> str:
    """Name a key by its contents. Source: RFC 7638, section 3."""
    members = json.dumps(_required_members(public), separators=(",", ":"), sort_keys=True)
    return _base64url(hashlib.sha256(members.encode()).digest())


def _base64url(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
