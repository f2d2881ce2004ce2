"""Access tokens (JWT, EdDSA): issues and verifies them. The only module that knows simplejwt."""

# Note [Verifying a token]
# Nothing of a token is read but the id of its key before its signature is verified, with cryptography's primitive and a key
# that was parsed once: PyJWT parses the key, and the header twice, for every token. There is one algorithm, and a header
# says no more than we write in it: no key of its own (`jwk`), no address of one (`jku`, `x5u`), no extension (`crit`), no
# name twice. Source: RFC 7515, RFC 8037, RFC 8725, point by point in docs/threat-model.md.
#
# A signature that was good stays good, and checking it is half of a request: a process remembers what it verified by the
# token's hash, for as long as it has these keys, and no longer than the key verifies. Whether the token has ended is looked
# at every time, and its session, person and organization are asked for every time.

from __future__ import annotations

import hashlib
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

import jwt
import orjson
from cryptography.exceptions import InvalidSignature
from django.conf import settings
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.tokens import Token

from accounts.tokens.signing_keys import KeySet, key_set
from workix.core.errors import NotAuthenticated

ALGORITHM = "EdDSA"
AUDIENCE = "workix"
_HEADER = {"alg", "kid", "typ"}
_LARGEST = 16_384
#: Clocks of two servers differ: a token may be this much younger than none at all. It still ends when it says.
LEEWAY_SECONDS = 30


class TokenNotValid(NotAuthenticated):
    code = "token_not_valid"
    detail = "The access token is not valid, or it has expired. Refresh it or log in again."


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified token says. Whether it is still good, its session says."""

    organization_id: UUID | None
    user_id: UUID
    session_id: UUID
    expires_at: float


class _Backend(TokenBackend):
    """EdDSA with a key id, so that keys can be changed without logging anybody out."""

    def encode(self, payload: dict[str, Any]) -> str:
        key = key_set().current(now=datetime.fromtimestamp(payload["iat"], UTC))
        claims = payload | {"aud": self.audience, "iss": self.issuer}
        return jwt.encode(claims, key.private, algorithm=self.algorithm, headers={"kid": key.id})


class AccessToken(Token):
    token_type = "access"  # noqa: S105  # a kind, not a token
    lifetime = settings.ACCESS_TOKEN_LIFETIME

    @property
    def token_backend(self) -> TokenBackend:
        return _backend()


@cache
def _backend() -> TokenBackend:
    return _Backend(ALGORITHM, audience=AUDIENCE, issuer=settings.WORKIX.public_url)


def issue(*, organization_id: UUID | None, user_id: UUID, session_id: UUID, role: str) -> str:
    """Sign an access token for one session."""
    token = AccessToken()
    token["sub"], token["sid"], token["role"] = str(user_id), str(session_id), role
    token["org"] = str(organization_id) if organization_id else None
    token["nbf"] = token["iat"]
    return str(token)


def read(encoded: str) -> Claims:
    """Return what a token says, once its signature, issuer, audience, type and time were verified.

    :raises TokenNotValid: otherwise; it never says which of them was wrong.
    """
    digest, now, keys = hashlib.sha256(encoded.encode()).digest(), time.time(), key_set()
    claims: Claims | None = keys.verified.get(digest)
    if claims is None:
        claims = _verify(encoded, keys)
        if len(keys.verified) >= _LARGEST:
            keys.verified.clear()
        keys.verified[digest] = claims
    if claims.expires_at <= now:
        raise TokenNotValid
    return claims


def _verify(encoded: str, keys: KeySet) -> Claims:
    """See Note [Verifying a token]."""
    try:
        signed, _, signature = encoded.encode("ascii").rpartition(b".")
        header, _, payload = signed.partition(b".")
        key = keys.by_id[_key_id(header)]
        key.public.verify(_decoded(signature), signed)
        claims = _claims(orjson.loads(_decoded(payload)))
    except (InvalidSignature, KeyError, ValueError, TypeError, AttributeError) as error:
        raise TokenNotValid from error
    if key.ends_at is None:
        return claims
    return replace(claims, expires_at=min(claims.expires_at, key.ends_at.timestamp()))


@lru_cache(maxsize=16)  # as many as there are keys, and no more for whoever invents some
def _key_id(header: bytes) -> Any:
    written = _decoded(header)
    named = orjson.loads(written)
    # Written anew it is the same: no name is there twice, of which one reader takes the first and another the last.
    if named["alg"] != ALGORITHM or not named.keys() <= _HEADER or orjson.dumps(named) != written:
        raise TokenNotValid
    if named.get("typ", "JWT") != "JWT":
        raise TokenNotValid
    return named["kid"]


def _claims(payload: dict[str, Any]) -> Claims:
    now, organization = time.time(), payload["org"]
    ours = (payload["iss"], payload["aud"], payload["typ"]) == (
        settings.WORKIX.public_url,
        AUDIENCE,
        AccessToken.token_type,
    )
    begun = max(payload["iat"], payload["nbf"]) <= now + LEEWAY_SECONDS
    if not (ours and begun and payload["exp"] > now and isinstance(payload["jti"], str)):
        raise TokenNotValid
    return Claims(
        organization_id=UUID(organization) if organization is not None else None,
        user_id=UUID(payload["sub"]),
        session_id=UUID(payload["sid"]),
        expires_at=float(payload["exp"]),
    )


def _decoded(segment: bytes) -> bytes:
    """Return what a part of a token says, of the one way to write it: others would be more tokens of one signature."""
    decoded = urlsafe_b64decode(segment + b"=" * (-len(segment) % 4))
    if urlsafe_b64encode(decoded).rstrip(b"=") != segment:
        raise TokenNotValid
    return decoded
