"""Links of invitations: a signed token leads to an organization and an invitation, whose row keeps a keyed hash of it."""

# Bulk write: one conditional UPDATE gives a link to an invitation that still has none.

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from accounts.models.invitation import Invitation, Status
from accounts.tokens import mailbox_proofs, signed_tokens
from accounts.tokens.email_tokens import TokenExpired, TokenInvalid, read_link
from accounts.tokens.signed_tokens import Subject
from tenants.models import Organization
from workix.core.current import Current

PURPOSE = "invitation"


def make(invitation: Invitation, *, now: datetime) -> str | None:
    """Make the link's token of an invitation of the organization in scope; None where it has one, or is pending no more."""
    token = signed_tokens.write(PURPOSE, Subject(Current.organization.id, invitation.id))
    waiting = Invitation.objects.pending(now=now).filter(id=invitation.id, token_hash="")
    made = waiting.update(
        token_hash=signed_tokens.hash_of(PURPOSE, token),
        mailbox_proof=mailbox_proofs.of_invitation(Current.organization.id, invitation),
        sent_at=now,
        updated_at=now,
    )
    return token if made else None


def organization_of(token: str) -> tuple[Organization, UUID]:
    """Return the organization a link leads to, and the id of the invitation there.

    :raises TokenInvalid: when the signature is not ours, or the organization is gone.
    """
    organization, subject = read_link(PURPOSE, token)
    return organization, subject.row_id


def check(invitation: Invitation | None, token: str, *, now: datetime) -> Invitation:
    """Return the invitation, if this is its newest link and it can be accepted.

    :raises TokenInvalid: when there is none, another link was sent since, or it was accepted or withdrawn.
    :raises TokenExpired: when its time is over.
    """
    if invitation is None or invitation.token_hash != signed_tokens.hash_of(PURPOSE, token):
        raise TokenInvalid
    state = invitation.state_at(now)
    if state == Status.PENDING:
        return invitation
    raise TokenExpired("This invitation has expired. Ask for a new one.") if state == Status.EXPIRED else TokenInvalid
