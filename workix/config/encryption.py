"""Encryption (Fernet: AES-128-CBC and HMAC-SHA-256) of what passes through a place that others may read, or is kept in one."""

# Note [Encryption at rest]
# What is kept for years outlives the key it was written under. So it has keys of its own, WORKIX_ENCRYPTION_KEYS: the first one
# writes, each of them reads, and a new one is put before the old one, which goes once everything was written anew
# (docs/operations.md). As long as there are none, the key is derived from WORKIX_MASTER_SECRET, and what was written under that
# one stays readable when the first of one's own is added. Every purpose has a key derived from it, and a purpose names the row: a
# ciphertext that was copied into another row, or another organization's, opens nothing there.

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

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


def encrypt_at_rest(purpose: str, text: str) -> str:
    """Encrypt what is kept, under the newest key. See Note [Encryption at rest]."""
    return _at_rest(purpose).encrypt(text.encode()).decode()


def decrypt_at_rest(purpose: str, encrypted: str) -> str:
    """Return what was encrypted under one of the keys there are.

    :raises DecryptionError: when it was not made for this purpose, or under a key that is gone.
    """
    try:
        return _at_rest(purpose).decrypt(encrypted.encode()).decode()
    except InvalidToken as error:
        raise DecryptionError(f"This can't be decrypted for {purpose}.") from error


def is_of_newest_key(purpose: str, encrypted: str) -> bool:
    """Say whether the newest key reads it, so that the others are not needed for it."""
    try:
        Fernet(_keys_at_rest(purpose)[0]).decrypt(encrypted.encode())
    except InvalidToken:
        return False
    return True


def _at_rest(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in _keys_at_rest(purpose)])


def _keys_at_rest(purpose: str) -> list[bytes]:
    """List the keys of a purpose, the newest first; the one of the master secret comes last."""
    kept, named = settings.WORKIX.encryption_keys, f"at rest:{purpose}"
    own = kept.reveal().split(",") if kept else []
    derived = [hmac.digest(key.encode(), named.encode(), "sha256") for key in own]
    return [urlsafe_b64encode(key) for key in [*derived, keyed_digest(named, b"")]]
