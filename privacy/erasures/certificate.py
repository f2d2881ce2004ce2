"""Erasure certificate: a signed note (C2SP, Ed25519) that says what went, that a scan found nothing, and of which tree."""

# Note [What a certificate says]
# It is a checkpoint of the trail's tree at that moment, in the name of an origin of its own, with one line more: JSON that says
# which erasure, by ids alone, how many rows went from which table, how many columns were looked through, and where the full name
# still stands (Note [A name is no identifier]). So whatever verifies checkpoints verifies it, with the same key.

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from audit.merkle import EMPTY
from audit.models import Checkpoint
from audit.transparency.offline_verifier import open_note
from audit.transparency.signing import public_keys, sign_note


def origin_of(organization_id: UUID) -> str:
    """Name who certifies: no checkpoint of a trail passes for a certificate, and no certificate for a checkpoint."""
    return f"workix.dev/erasures/{organization_id}"


def certify(organization_id: UUID, **said: Any) -> str:
    """Sign a certificate over the newest checkpoint of the trail."""
    newest = Checkpoint.objects.order_by("-size").first()
    size, root = (newest.size, bytes(newest.root)) if newest else (0, EMPTY)
    line = json.dumps(said, default=str, sort_keys=True, separators=(",", ":"))
    return sign_note(origin_of(organization_id), line, size=size, root=root)


def read_certificate(certificate: str, organization_id: UUID) -> dict[str, Any]:
    """Verify a certificate of an organization, and return what it says.

    :raises Broken: when it is not signed with a key of ours, or is another organization's.
    """
    open_note(certificate, origin_of(organization_id), public_keys())
    said: dict[str, Any] = json.loads(certificate.split("\n")[3])
    return said
