"""Mailbox proofs (against account pre-hijacking): a MAC (HMAC) says that whoever set a password reads the mailbox."""

# Note [Whose password it is]
# That an address was confirmed does not say who knows the password: an admin adds somebody with a password of the admin's
# choice, anybody signs up with anybody's address, and the owner of the mailbox only follows a link. Who sets a password through
# a link that we mailed to them reads that mailbox; what they change it to later, knowing it, is theirs as well. A session that is
# begun with such a password is one of the mailbox's owner. Source: Sudhodanan and Paverd, "Pre-hijacked accounts", 2022.
#
# It matters where a session opens something that is not its own organization's (accounts/login/switching.py). What is in an
# organization's schema, an injected statement there may write: so what says it is a MAC under a key that no database has. It is
# bound to all that such a statement could put in its place: organization, person, address, and the link, hash or session.
# The link too: it was mailed to an address, which may be another by the time that it is followed.

from __future__ import annotations

import hmac
from uuid import UUID

from accounts.models import EmailToken, Invitation, Session, User
from workix.config.keyed_hash import keyed_hash


def of_link(user: User, token_id: UUID) -> str:
    """Return what proves that a link was mailed to `user`."""
    return keyed_hash("mailbox: link", f"{user.organization_id} {token_id} {user.id} {user.email}")


def is_link_proven(user: User, token_id: UUID) -> bool:
    """Say whether the link that `user` came by was mailed to the address they have now."""
    mailed = EmailToken.objects.filter(id=token_id, user=user).values_list("mailbox_proof", flat=True).first()
    return _same(mailed or "", of_link(user, token_id))


def of_invitation(organization_id: UUID, invitation: Invitation) -> str:
    """Return what proves that the link of an invitation was mailed to its address."""
    return keyed_hash("mailbox: invitation", f"{organization_id} {invitation.id} {invitation.email}")


def is_invitation_proven(organization_id: UUID, invitation: Invitation) -> bool:
    """Say whether the link of an invitation was mailed to the address that it names now."""
    return _same(invitation.mailbox_proof, of_invitation(organization_id, invitation))


def of_password(user: User) -> str:
    """Return what proves the password that `user` has now."""
    return keyed_hash("mailbox: password", f"{user.organization_id} {user.id} {user.password} {user.email}")


def is_password_proven(user: User) -> bool:
    return _same(user.mailbox_proof, of_password(user))


def of_session(user: User, session_id: UUID) -> str:
    """Return what proves a session of `user`."""
    return keyed_hash("mailbox: session", f"{user.organization_id} {session_id} {user.id} {user.email}")


def is_session_proven(session: Session, user: User) -> bool:
    return _same(session.mailbox_proof, of_session(user, session.id))


def _same(kept: str, right: str) -> bool:
    return hmac.compare_digest(kept.encode(), right.encode())
