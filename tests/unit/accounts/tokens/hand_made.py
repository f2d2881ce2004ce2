"""Access tokens made by hand: as we make them, and with one thing wrong (JWT, RFC 8725)."""

from __future__ import annotations

import time
import uuid
from base64 import urlsafe_b64encode
from typing import Any

import jwt
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils import timezone

from accounts.tokens import access_tokens
from accounts.tokens.access_tokens import TokenNotValid
from accounts.tokens.signing_keys import SigningKey, key_set

ACME, ALICE, SESSION = (uuid.UUID(int=number) for number in (7, 1, 2))


def issue(organization: uuid.UUID | None = ACME) -> str:
    return access_tokens.issue(organization_id=organization, user_id=ALICE, session_id=SESSION, role="admin")


def our_key() -> SigningKey:
    return key_set().current(now=timezone.now())


def payload(**changes: Any) -> dict[str, Any]:
    """Return the claims of a good token, with these changes; `...` leaves one out."""
    now = int(time.time())
    good = {
        "iss": settings.WORKIX.public_url,
        "aud": "workix",
        "sub": str(ALICE),
        "org": str(ACME),
        "sid": str(SESSION),
        "role": "admin",
        "typ": "access",
        "iat": now,
        "nbf": now,
        "exp": now + 900,
        "jti": uuid.uuid4().hex,
    }
    return {key: value for key, value in (good | changes).items() if value is not ...}


def signed(claims: dict[str, Any], key: Any = None, algorithm: str = "EdDSA", **header: Any) -> str:
    """Have the library write it; `...` leaves a member of the header out."""
    ours = our_key()
    headers = {"kid": ours.id} | header
    return jwt.encode(claims, key or ours.private, algorithm, {k: v for k, v in headers.items() if v is not ...})


def crafted(header: bytes | dict[str, Any], body: bytes | dict[str, Any], key: Ed25519PrivateKey | None = None) -> str:
    """Sign whatever stands there: by our own key, unless another is given."""
    parts = (each if isinstance(each, bytes) else orjson.dumps(each) for each in (header, body))
    signed_part = b".".join(urlsafe_b64encode(each).rstrip(b"=") for each in parts)
    signature = (key or our_key().private).sign(signed_part)
    return (signed_part + b"." + urlsafe_b64encode(signature).rstrip(b"=")).decode()


def refused(token: str) -> bool:
    with pytest.raises(TokenNotValid) as caught:
        access_tokens.read(token)
    return (caught.value.code, caught.value.status) == ("token_not_valid", 401)
