"""Decoy API key (tripwire): a key of an organization's that is in no table, and is good for nothing but being noticed."""

from __future__ import annotations

from uuid import UUID

from accounts.api_keys import key_format
from tenants.tripwires.decoys import are_set
from workix.config.keyed_hash import keyed_digest


def decoy_key_of(organization_id: UUID) -> str:
    """Write the decoy of an organization, which looks as any key does. See Note [Decoys] in tenants/tripwires."""
    return key_format.write(organization_id, seed=keyed_digest("decoy-key", organization_id.bytes))


def is_decoy(key: key_format.Key) -> bool:
    """Say whether a key that is in no table is a decoy, where there are any."""
    return are_set() and key.key_hash == key_format.hash_of(decoy_key_of(key.organization_id))
