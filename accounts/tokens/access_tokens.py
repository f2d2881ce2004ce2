"""Access tokens (JWT, EdDSA): issues and verifies them. The only module that knows simplejwt."""

# Note [Verifying a token]
# Nothing of a token is read but the id of its key before its signature is verified, with cryptography's primitive and a key
# that was parsed once: PyJWT parses the key, and the header twice, for every token. There is one algorithm, and no header
# chooses another; an extension that a header calls critical is one we do not know. Source: RFC 7515, RFC 8037, RFC 8725.
#
# A signature that was good stays good, and checking it is half of a request: a process remembers what it verified by the
# token's hash. Whether the token has ended is looked at every time, and its session, person and organization are asked for
# every time. Keys change with a restart.

from __future__ import annotations

import hashlib
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

import jwt
import orjson
from cryptography.exceptions import InvalidSignature
from django.conf import settings
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.tokens import Token

from accounts.tokens.signing_keys import signing_keys, verifying_keys
from workix.core.errors import NotAuthenticated

ALGORITHM = "EdDSA"
AUDIENCE = "workix"
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
        key = signing_keys()[0]
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
    digest, now = hashlib.sha256(encoded.encode()).digest(), time.time()
    claims = _verified.get(digest)
    if claims is None:
        claims = _verify(encoded)
        if len(_verified) >= _LARGEST:
            _verified.clear()
        _verified[digest] = claims
    if claims.expires_at <= now:
        raise TokenNotValid
    return claims


_verified: dict[bytes, Claims] = {}


def _verify(encoded: str) -> Claims:
    """See Note [Verifying a token]."""
    try:
        signed, _, signature = encoded.encode("ascii").rpartition(b".")
        header, _, payload = signed.partition(b".")
        verifying_keys()[_key_id(header)].verify(_decoded(signature), signed)
        return _claims(orjson.loads(_decoded(payload)))
    except (InvalidSignature, KeyError, ValueError, TypeError, AttributeError) as error:
        raise TokenNotValid from error


@lru_cache(maxsize=16)  # as many as there are keys, and no more for whoever invents some
def _key_id(header: bytes) -> Any:
    named = orjson.loads(_decoded(header))
    if named["alg"] != ALGORITHM or "crit" in named or "b64" in named:
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
