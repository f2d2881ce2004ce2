"""Credentials: the password of each role, derived (HMAC), never stored, sent to the server only as a SCRAM verifier."""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache

from django.conf import settings

from workix.config.secrets import Secret

#: Sound for a secret of 256 bits, which nobody guesses; the count only slows down guessing. Keeps log-ins cheap.
ITERATIONS = 64


@lru_cache(maxsize=2_048)
def password_of(role: str, version: int) -> Secret:
    """Derive the password of a role. Its next version is a rotation."""
    digest = _derive(f"role-password:{version}:{role}")
    return Secret(base64.urlsafe_b64encode(digest).decode().rstrip("="))


def verifier_of(role: str, version: int) -> str:
    """Compute what the server keeps of that password.

    Source: RFC 5802, section 3, and PostgreSQL's `pg_authid.rolpassword`. The salt is derived too, so that the
    same role always has the same verifier.
    """
    password = password_of(role, version).reveal().encode()
    salt = _derive(f"role-salt:{version}:{role}")[:16]
    salted = hashlib.pbkdf2_hmac("sha256", password, salt, ITERATIONS)
    stored_key = hashlib.sha256(_sign(salted, b"Client Key")).digest()
    server_key = _sign(salted, b"Server Key")
    return f"SCRAM-SHA-256${ITERATIONS}:{_base64(salt)}${_base64(stored_key)}:{_base64(server_key)}"


def _derive(purpose: str) -> bytes:
    return _sign(settings.WORKIX.master_secret.reveal().encode(), purpose.encode())


def _sign(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
