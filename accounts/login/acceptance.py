"""Accepting an invitation: the link proves the address, and its seat becomes a person's, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts import email_index
from accounts.invitations import links
from accounts.invitations.ending import end, make_room
from accounts.invitations.issuing import may_give
from accounts.login import devices, lockout
from accounts.members import admit, who_was_here
from accounts.models import User
from accounts.models.invitation import Invitation, Status
from accounts.passwords import check_new_password, hash_password, words_about
from accounts.passwords.single_sign_on_only import require_passwords
from accounts.realms import require_open
from accounts.tokens.email_tokens import TokenInvalid
from accounts.tokens.mailbox_proofs import is_invitation_proven
from quotas.consumption import taking
from quotas.resources import USERS
from tenants.models import Organization
from tenants.scope import use_tenant
from workix.core.current import Actor, Current


@dataclass(frozen=True, slots=True)
class Accepted:
    """Who came, where to, and what makes the client a known device of theirs."""

    user: User
    organization: Organization
    device: str = field(repr=False)


def accept(*, token: str, password: str, first_name: str = "", last_name: str = "", now: datetime) -> Accepted:
    """Use up the link of an invitation: its address is proven, and its person may log in. It ends a lockout, too.

    :raises TokenInvalid: when we never sent it, sent a newer one, it was used or withdrawn, or nobody vouches for it now.
    :raises TokenExpired: when its time is over.
    :raises OrganizationSuspended: when nobody works there now; the link stays good. The same with a pending one.
    :raises Invalid: when the password is not good enough; the link stays good.
    :raises QuotaExceeded: when the organization has more people than it may have by now; the link stays good.
    :raises AddressTaken: when somebody was added past the invitation.
    :raises SingleSignOnRequired: when the organization takes no passwords; the invitation is accepted by signing on.
    """
    organization, invitation_id = links.organization_of(token)
    require_open(organization)
    with use_tenant(organization):
        invitation = links.check(Invitation.objects.filter(id=invitation_id).first(), token, now=now)
        person = who_was_here(invitation.email) or User(email=invitation.email)
        require_passwords(person)
        person.first_name = first_name or invitation.first_name or person.first_name
        person.last_name = last_name or invitation.last_name or person.last_name
        check_new_password(password, about=words_about(person))
    hashed = hash_password(password)  # it may have to wait, and holds no connection of the organization meanwhile
    themself = Actor("person", person.id, invitation.email)
    with use_tenant(organization), Current.scoped(organization=organization, actor=themself):
        _join(person, invitation, token, password_hash=hashed, now=now)
    lockout.forgive(person)
    return Accepted(person, organization, devices.issue(person))


def accept_in_person(email: str, *, now: datetime) -> str | None:
    """End the pending invitation of an address whose owner came by single sign-on; return its role, None where there is none.

    What is over ends, too. The caller's transaction takes the seat. An invitation nobody vouches for now is none.
    """
    seen = Invitation.objects.pending(now=now).filter(email=email).first()
    senders = User.with_removed.filter(id=seen.invited_by_id) if seen and seen.invited_by_id else User.objects.none()
    sender = senders.select_for_update(no_key=True).first()
    invitation = make_room(email, now=now)
    if invitation is None or seen is None or invitation.id != seen.id or invitation.invited_by_id != seen.invited_by_id:
        return None
    if not may_give(sender, invitation.role):
        end(invitation, Status.WITHDRAWN, now=now)
        return None
    end(invitation, Status.ACCEPTED, now=now)
    return invitation.role


def _join(person: User, invitation: Invitation, token: str, *, password_hash: str, now: datetime) -> None:
    with taking(USERS), transaction.atomic():
        accepted = _accepted(invitation, token, now=now)
        is_proven = is_invitation_proven(Current.organization.id, accepted) and accepted.email == person.email
        admit(person, role=accepted.role, password_hash=password_hash, confirmed_at=now, is_proven=is_proven, now=now)
        email_index.add(person.email)


def _accepted(seen: Invitation, token: str, *, now: datetime) -> Invitation:
    """End the invitation, if it can still be accepted. See Note [The seat of an invitation] for the order of locks."""
    people = User.with_removed.filter(Q(id=seen.invited_by_id) | Q(email=seen.email))
    locked = {user.id: user for user in people.order_by("id").select_for_update(no_key=True)}
    invitation = links.check(Invitation.objects.select_for_update().filter(id=seen.id).first(), token, now=now)
    sender = locked.get(invitation.invited_by_id) if invitation.invited_by_id else None
    if not may_give(sender, invitation.role) or invitation.invited_by_id != seen.invited_by_id:
        raise TokenInvalid("Whoever sent this invitation may invite nobody any more. Ask for a new one.")
    end(invitation, Status.ACCEPTED, now=now)
    return invitation
