"""Credentials: the password of each role, derived (HMAC), never stored, sent to the server only as a SCRAM verifier."""

# Note [Several role secrets]
# A role has one password, which the server keeps as one verifier. What it is derived from may be changing: then there are
# several secrets, the newest first, and which one a role is under is nowhere written down but on the server. Roles are made
# and repaired under the newest. Whoever logs in tries that one, and where the server refuses it the ones before: so no request
# is refused while `manage.py rotate_role_passwords` goes from role to role, nor before, nor when it stops half-way. As with
# encryption keys, the secret that was there before any of them, WORKIX_MASTER_SECRET, comes last.

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache

from django.conf import settings

from workix.config.secrets import Secret

#: Sound for a secret of 256 bits, which nobody guesses; the count only slows down guessing. Keeps log-ins cheap.
ITERATIONS = 64


def passwords_of(role: str, version: int) -> list[Secret]:
    """Derive every password a role may have by now, the one under the newest secret first. See Note [Several role secrets]."""
    return [_password(role, version, secret) for secret in _secrets()]


def password_of(role: str, version: int) -> Secret:
    """Derive the password of a role under the newest secret. Its next version is a rotation, too."""
    return _password(role, version, _secrets()[0])


def verifier_of(role: str, version: int) -> str:
    """Compute what the server keeps of that password.

    Source: RFC 5802, section 3, and PostgreSQL's `pg_authid.rolpassword`. The salt is derived too, so that the
    same role always has the same verifier.
    """
    secret = _secrets()[0]
    password = _password(role, version, secret).reveal().encode()
    salt = _derive(secret, f"role-salt:{version}:{role}")[:16]
    salted = hashlib.pbkdf2_hmac("sha256", password, salt, ITERATIONS)
    stored_key = hashlib.sha256(_sign(salted, b"Client Key")).digest()
    server_key = _sign(salted, b"Server Key")
    return f"SCRAM-SHA-256${ITERATIONS}:{_base64(salt)}${_base64(stored_key)}:{_base64(server_key)}"


def _secrets() -> list[Secret]:
    """List what passwords may be derived from, the newest first."""
    own = settings.WORKIX.role_secrets
    named = [Secret(each) for each in own.reveal().split(",")] if own else []
    return [*named, settings.WORKIX.master_secret]


@lru_cache(maxsize=2_048)
def _password(role: str, version: int, secret: Secret) -> Secret:
    digest = _derive(secret, f"role-password:{version}:{role}")
    return Secret(base64.urlsafe_b64encode(digest).decode().rstrip("="))


def _derive(secret: Secret, purpose: str) -> bytes:
    return _sign(secret.reveal().encode(), purpose.encode())


def _sign(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
