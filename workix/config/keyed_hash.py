"""Keyed hashes (HMAC-SHA-256): what we keep of addresses, tokens and links, so that a copy of the database opens nothing."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

from django.conf import settings


def keyed_hash(purpose: str, value: str) -> str:
    """Return 64 hexadecimal digits: HMAC-SHA-256 under a key of its own for each `purpose`."""
    return keyed_digest(purpose, value.encode()).hex()


def keyed_digest(purpose: str, value: bytes) -> bytes:
    """Return the 32 bytes behind `keyed_hash`."""
    return _digest(settings.WORKIX.master_secret.reveal(), purpose, value)


def keyed_hashes(purpose: str, value: str, keys: Iterable[str]) -> list[str]:
    """Return what `keyed_hash` makes under each of `keys`, and, the last, under the master secret: such keys are rotated."""
    named = [_digest(key, purpose, value.encode()).hex() for key in keys]
    return [*named, keyed_hash(purpose, value)]


def _digest(secret: str, purpose: str, value: bytes) -> bytes:
    key = hmac.digest(secret.encode(), f"hash:{purpose}".encode(), "sha256")
    return hmac.digest(key, value, "sha256")
