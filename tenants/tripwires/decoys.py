"""Decoys: the names of the decoy schema and of its people, derived from the master secret. See Note [Decoys]."""

from __future__ import annotations

import hmac

from django.conf import settings

from workix.config.keyed_hash import keyed_digest


def are_set() -> bool:
    """Say whether there are any: WORKIX_TRIPWIRES."""
    return bool(settings.WORKIX.tripwires)


def decoy_schema() -> str:
    """Name the decoy schema: what an intruder looks for, and no name that an organization's could have."""
    return f"backup_{keyed_digest('decoy-schema', b'').hex()[:8]}"


def decoy_addresses() -> tuple[str, ...]:
    """Name the people in it, at a domain of the platform that gets no mail."""
    digest = keyed_digest("decoy-people", b"").hex()
    domain = f"mail.{settings.WORKIX.base_domain}"
    return tuple(
        f"{name}.{digest[4 * at : 4 * at + 4]}@{domain}" for at, name in enumerate(("backup", "billing", "deploy"))
    )


def is_decoy_address(address: str) -> bool:
    """Say whether an address is one of theirs, where there are any; it takes as long for any other."""
    found = [hmac.compare_digest(address.encode("utf-8", "replace"), each.encode()) for each in decoy_addresses()]
    return are_set() and any(found)
