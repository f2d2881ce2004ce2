"""Bodies of proposals, encrypted at rest: what is executed are the very bytes that were sent, secrets among them."""

# Note [The body of a proposal]
# A body may hold a password or a key. It is kept for as long as somebody can approve it, and goes with the decision. What it is
# encrypted for names organization, agent, row and call: one that a statement copies into another row, or whose path was
# changed, can't be read there, so nothing is done but what was approved.

from __future__ import annotations

from base64 import b64decode, b64encode
from contextlib import suppress

from django.db import transaction

from agents.models import OPEN, Proposal
from workix.config.encryption import DecryptionError, decrypt_at_rest, encrypt_at_rest, is_of_newest_key
from workix.core.current import Current


def encrypted(proposal: Proposal, body: bytes) -> str:
    """Encrypt a body for this row. See Note [The body of a proposal]."""
    return encrypt_at_rest(_purpose(proposal), b64encode(body).decode())


def body_of(proposal: Proposal) -> bytes:
    """Return the very bytes that were sent.

    :raises DecryptionError: when they can't be read, since the keys are others, or the row is not what it was.
    """
    return b64decode(decrypt_at_rest(_purpose(proposal), proposal.encrypted_body))


def renew() -> None:
    """Encrypt under the newest key what is under an older one. See Note [Encryption at rest]."""
    with transaction.atomic():
        for proposal in Proposal.objects.filter(status__in=OPEN).select_for_update().order_by("id"):
            purpose = _purpose(proposal)
            if is_of_newest_key(purpose, proposal.encrypted_body):
                continue
            with suppress(DecryptionError):  # it can't be read any more, and whoever approves it is told so
                body = decrypt_at_rest(purpose, proposal.encrypted_body)
                proposal.encrypted_body = encrypt_at_rest(purpose, body)
                proposal.save(update_fields=["encrypted_body", "updated_at"])


def _purpose(proposal: Proposal) -> str:
    call = f"{proposal.method} {proposal.path}?{proposal.query} {proposal.content_type}"
    return f"proposal {Current.organization.id} {proposal.agent_id} {proposal.id} {call} {proposal.idempotency_key}"
