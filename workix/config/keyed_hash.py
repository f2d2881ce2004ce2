"""Keyed hashes (HMAC-SHA-256): what we keep of addresses, tokens and links, so that a copy of the database opens nothing."""

from __future__ import annotations

import hmac

from django.conf import settings


def keyed_hash(purpose: str, value: str) -> str:
    """Return 64 hexadecimal digits: HMAC-SHA-256 under a key of its own for each `purpose`."""
    return keyed_digest(purpose, value.encode()).hex()


def keyed_digest(purpose: str, value: bytes) -> bytes:
    """Return the 32 bytes behind `keyed_hash`."""
    key = hmac.digest(settings.WORKIX.master_secret.reveal().encode(), f"hash:{purpose}".encode(), "sha256")
    return hmac.digest(key, value, "sha256")
