"""ID tokens (OpenID Connect Core, 3.1.3.7; RFC 8725): signature, algorithm, issuer, audience, times and nonce, all of them."""

# Note [What an ID token must be]
# Signed by a key that its issuer publishes, by an algorithm of two keys: with one of a shared secret (HS256) whoever knows the
# public key, or the client secret, could write tokens; `none` is no signature. Each key names its kind, and PyJWT refuses an
# algorithm that does not fit it. What the header says of keys (`jwk`, `jku`, `x5c`, `x5u`) is not looked at but for `kid`. Then
# it must be of this issuer, for this client and no other, not over, not older than ten minutes, and of this attempt, by its
# nonce.

from __future__ import annotations

import hmac
import time
from datetime import timedelta
from typing import Any

import jwt
from jwt.exceptions import PyJWTError

from accounts.single_sign_on.identity import SignOnFailed
from accounts.single_sign_on.oidc.discovery import Metadata, key_of

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
#: How far the two clocks may be apart.
SKEW = timedelta(seconds=30)
OLDEST = timedelta(minutes=10)
LONGEST = 16_384


def claims_of(id_token: str, metadata: Metadata, *, client_id: str, nonce: str) -> dict[str, Any]:
    """Return the claims of an ID token. See Note [What an ID token must be].

    :raises SignOnFailed: when any of it does not hold.
    """
    if len(id_token) > LONGEST:
        raise SignOnFailed(f"The ID token is longer than {LONGEST} characters.")
    try:
        header = jwt.get_unverified_header(id_token)
        if header.get("alg") not in ALGORITHMS:
            raise SignOnFailed("The ID token is signed by an algorithm that we do not take.")
        claims: dict[str, Any] = jwt.decode(
            id_token,
            key_of(metadata, header.get("kid")),
            algorithms=ALGORITHMS,
            issuer=metadata.issuer,
            audience=client_id,
            leeway=SKEW,
            options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"], "strict_aud": False},
        )
    except (PyJWTError, ValueError, TypeError, OverflowError) as error:
        raise SignOnFailed(f"The ID token can't be trusted: {error}.") from error
    _check(claims, client_id=client_id, nonce=nonce)
    return claims


def _check(claims: dict[str, Any], *, client_id: str, nonce: str) -> None:
    """Look at what the library leaves open."""
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if audience != [client_id] or claims.get("azp", client_id) != client_id:
        raise SignOnFailed("The ID token is for others, too.")
    if not isinstance(claims["nonce"], str) or not hmac.compare_digest(
        claims["nonce"].encode("utf-8", "replace"), nonce.encode()
    ):
        raise SignOnFailed("The ID token is of another sign-on: its nonce is not ours.")
    if not isinstance(claims["sub"], str):
        raise SignOnFailed("The ID token names no subject.")
    if float(claims["iat"]) < time.time() - OLDEST.total_seconds():
        raise SignOnFailed("The ID token is older than ten minutes.")
