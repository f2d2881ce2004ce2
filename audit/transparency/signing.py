"""Signs checkpoints: Ed25519 over a signed note (C2SP), with the keys of WORKIX_CHECKPOINT_KEYS or one that is derived."""

# Note [The key of checkpoints]
# Of an organization's trail the key signs what it is told, so it is the platform's, and no database has it. It comes from the
# environment or a file: the first of several signs, each of them verifies. Unset, it is derived from WORKIX_MASTER_SECRET. The
# name a note calls its key by is its origin, which names the organization: no checkpoint passes for that of another.

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

from audit.transparency.offline_verifier import key_id, pruning_origin, verifier_key
from workix.config.keyed_hash import keyed_digest
from workix.config.keys import private_keys


def origin_of(organization_id: UUID) -> str:
    """Name the log of an organization: an address without a scheme, as C2SP asks for, that no setting changes."""
    return f"workix.dev/audit/{organization_id}"


def sign_checkpoint(organization_id: UUID, *, size: int, root: bytes) -> str:
    """Write the checkpoint of a tree of `size` leaves, signed with the first key."""
    return sign_note(origin_of(organization_id), size=size, root=root)


def sign_note(origin: str, *extension: str, size: int, root: bytes) -> str:
    """Sign a tree head in the name of an origin, with what it says besides, a line each (C2SP tlog-checkpoint)."""
    key, lines = _keys()[0], "".join(f"{line}\n" for line in extension)
    body = f"{origin}\n{size}\n{b64encode(root).decode()}\n{lines}"
    signed = key_id(origin, _public(key)) + key.sign(body.encode())
    return f"{body}\n— {origin} {b64encode(signed).decode()}\n"


def sign_pruning(organization_id: UUID, *, size: int, root: bytes) -> str:
    """Write the line before which entries may be gone, of a tree of `size` leaves: a note that passes for no checkpoint."""
    return sign_note(pruning_origin(origin_of(organization_id)), size=size, root=root)


def public_keys() -> list[bytes]:
    """List the keys that a checkpoint may be signed with, that of the next one first."""
    return [_public(key) for key in _keys()]


def verifier_keys(organization_id: UUID) -> list[str]:
    """Write them for whoever verifies the trail of an organization."""
    return [verifier_key(origin_of(organization_id), key) for key in public_keys()]


def _keys() -> list[Ed25519PrivateKey]:
    named = settings.WORKIX.checkpoint_keys
    if named is None:
        return [Ed25519PrivateKey.from_private_bytes(keyed_digest("checkpoint-key", b""))]
    return _parsed(named.reveal())


@lru_cache(maxsize=2)
def _parsed(text: str) -> list[Ed25519PrivateKey]:
    keys = (load_pem_private_key(each.pem.encode(), password=None) for each in private_keys.parse(text))
    return [key for key in keys if isinstance(key, Ed25519PrivateKey)]


def _public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()
