"""Access tokens (JWT, EdDSA): issues and verifies them. The only module that knows simplejwt."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from functools import cache
from typing import Any, cast
from uuid import UUID

import jwt
from django.conf import settings
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenBackendError, TokenError
from rest_framework_simplejwt.tokens import Token

from accounts.tokens.signing_keys import signing_keys, verifying_keys
from workix.core.errors import NotAuthenticated

AUDIENCE = "workix"
#: How long a verified signature may be remembered, by the token's hash. Its session is asked for every time.
REMEMBERED_SECONDS = 10.0
_LARGEST = 4_096
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

    def get_verifying_key(self, token: Any) -> Any:
        try:
            return verifying_keys()[jwt.get_unverified_header(token)["kid"]]
        except (KeyError, TypeError, jwt.InvalidTokenError) as error:
            raise TokenBackendError("Token is invalid") from error


class AccessToken(Token):
    token_type = "access"  # noqa: S105  # a kind, not a token
    lifetime = settings.ACCESS_TOKEN_LIFETIME

    @property
    def token_backend(self) -> TokenBackend:
        return _backend()


@cache
def _backend() -> TokenBackend:
    return _Backend("EdDSA", audience=AUDIENCE, issuer=settings.WORKIX.public_url, leeway=LEEWAY_SECONDS)


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
    remembered = _remembered.get(digest)
    if remembered is not None and remembered[1] > now:
        return remembered[0]
    claims = _verify(encoded)
    if len(_remembered) >= _LARGEST:
        _remembered.clear()
    _remembered[digest] = (claims, min(now + REMEMBERED_SECONDS, claims.expires_at))
    return claims


_remembered: dict[bytes, tuple[Claims, float]] = {}


def _verify(encoded: str) -> Claims:
    try:
        payload = AccessToken(cast(Any, encoded)).payload
        organization, expires_at = payload["org"], float(payload["exp"])
        if expires_at <= time.time():  # exact: the leeway is for the beginning
            raise TokenNotValid
        return Claims(
            organization_id=UUID(organization) if organization is not None else None,
            user_id=UUID(payload["sub"]),
            session_id=UUID(payload["sid"]),
            expires_at=expires_at,
        )
    except (TokenError, TokenBackendError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise TokenNotValid from error
