"""Signed tokens (HMAC): which organization, which row, a random part, and a signature over all of it."""

# Note [Signed tokens]
# A link in a mail and a refresh token must lead to an organization before anybody has logged in. The signature makes
# sure that we wrote them, so that no guessed id ever reaches a database; the row they name keeps a keyed hash of the whole
# token, so that a copy of the database is worth nothing, and decides whether it is still good.

from __future__ import annotations

import base64
import binascii
import hmac
import os
from dataclasses import dataclass
from uuid import UUID

from workix.config.keyed_hash import keyed_digest, keyed_hash

_NIL = UUID(int=0)
_SIGNATURE_BYTES = 16


@dataclass(frozen=True, slots=True)
class Subject:
    """What a token is about: a row of an organization, or of the platform where there is none."""

    organization_id: UUID | None
    row_id: UUID


def write(purpose: str, subject: Subject) -> str:
    """Make a new token: 64 bytes, 16 of them random, as 86 URL-safe characters."""
    payload = (subject.organization_id or _NIL).bytes + subject.row_id.bytes + os.urandom(16)
    return base64.urlsafe_b64encode(payload + _signature(purpose, payload)).rstrip(b"=").decode()


def read(purpose: str, token: str) -> Subject | None:
    """Return what a token is about, or None when we did not write it for this purpose."""
    try:
        raw = base64.b64decode(token.encode("ascii") + b"==", altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    payload, signature = raw[:-_SIGNATURE_BYTES], raw[-_SIGNATURE_BYTES:]
    if len(raw) != 64 or not hmac.compare_digest(signature, _signature(purpose, payload)):
        return None
    organization_id = UUID(bytes=payload[:16])
    return Subject(None if organization_id == _NIL else organization_id, UUID(bytes=payload[16:32]))


def hash_of(purpose: str, token: str) -> str:
    """Return what the database keeps of a token."""
    return keyed_hash(f"token:{purpose}", token)


def _signature(purpose: str, payload: bytes) -> bytes:
    return keyed_digest(f"seal:{purpose}", payload)[:_SIGNATURE_BYTES]  # a name that tokens out there were made with
