"""Encryption (Fernet: AES-128-CBC and HMAC-SHA-256) of what is kept in, or passes through, a place that others may read."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken

from workix.config.keyed_hash import keyed_digest

#: Bytes. What is shorter is filled up with blanks, so that the length of what is encrypted tells nothing of it.
PADDED = 320


class DecryptionError(ValueError):
    """It is not ours, was made for something else, or is too old."""


def encrypt(purpose: str, text: str) -> str:
    """Encrypt a line of text, under a key of its own for each `purpose`; twice the same is never twice the same."""
    return _fernet(purpose).encrypt(text.encode().ljust(PADDED)).decode()


def decrypt(purpose: str, encrypted: str, *, lifetime: timedelta | None) -> str:
    """Return what was encrypted, without blanks at its end. What is kept, and does not only pass through, has no lifetime.

    :raises DecryptionError: when it is not what `encrypt` made for this purpose, or older than `lifetime`.
    """
    ttl = None if lifetime is None else int(lifetime.total_seconds())
    try:
        return _fernet(purpose).decrypt(encrypted.encode(), ttl=ttl).decode().rstrip()
    except InvalidToken as error:
        raise DecryptionError(f"This can't be decrypted for {purpose}.") from error


def _fernet(purpose: str) -> Fernet:
    return Fernet(urlsafe_b64encode(keyed_digest(f"encryption:{purpose}", b"")))
