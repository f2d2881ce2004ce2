"""Issuing invitations: invite, resend, withdraw; nobody gives a role that holds more than they do."""

# Note [Who vouches for an invitation]
# A link in a mail lives for a week, and whoever had it sent may be gone by then: an account that was taken over would leave
# itself a way back in. So an invitation is worth what its sender is. Nobody invites into a role that holds what they do not.
# Whoever is demoted, deactivated or removed takes their pending invitations along (withdraw_those_of). And however that
# came about, by SQL or by an own role that was taken or changed, it is asked once more when an invitation is accepted: the
# sender's row is locked and looked at.
# Who resends an invitation vouches for it from then on. A sender who is no person (the platform, a service) can be asked
# for nothing later, so they make no admins.

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.invitations.ending import end, make_room, record_act
from accounts.invitations.tasks import send_invitation
from accounts.models import User
from accounts.models.email_address import AddressTaken, check_address
from accounts.models.invitation import Invitation, InvitationQuerySet, Status
from accounts.roles.escalation import MoreThanYouHold, lock, passed_on
from quotas.consumption import taking
from quotas.resources import USERS
from workix.core.apps import permissions_of
from workix.core.current import Current
from workix.core.errors import Conflict, Invalid, NotFound
from workix.core.permissions import Role

LIFETIME = timedelta(days=7)
WRITE = "users:write"


class AlreadyInvited(Invalid):
    detail = "This address is invited already. Resend the invitation, or withdraw it first."


class InvitationEnded(Conflict):
    code = "invitation_ended"


def invitations() -> InvitationQuerySet:
    """List the invitations of the organization in scope, the newest first."""
    return Invitation.objects.select_related("invited_by")


def get_invitation(invitation_id: UUID) -> Invitation:
    """Return one of them.

    :raises NotFound: when there is none with this id.
    """
    found = invitations().filter(id=invitation_id).first()
    if found is None:
        raise NotFound
    return found


def invite(*, email: str, role: str, first_name: str = "", last_name: str = "", now: datetime) -> Invitation:
    """Ask somebody to join, by e-mail. It takes a seat, which the person gets who accepts within LIFETIME.

    :raises Invalid: when mail servers refuse the address.
    :raises MoreThanYouHold: when the role holds what the sender does not.
    :raises AddressTaken: when the address is somebody's here.
    :raises AlreadyInvited: when it is invited, and that is not over.
    :raises QuotaExceeded: when every seat is taken.
    """
    invitation = Invitation(email=check_address(email), role=role, first_name=first_name, last_name=last_name)
    invitation.expires_at = now + LIFETIME
    try:
        with taking(USERS), transaction.atomic():
            invitation.invited_by = _sender(role)
            _require_nobody(invitation.email)
            if make_room(invitation.email, now=now) is not None:
                raise AlreadyInvited(field="email", problem="unique")
            invitation.save(force_insert=True)
            _require_nobody(invitation.email)  # and nobody meanwhile: see Note [The seat of an invitation]
            send_invitation.enqueue(invitation_id=str(invitation.id))
    except IntegrityError as error:
        raise AlreadyInvited(field="email", problem="unique") from error
    return invitation


def resend(invitation_id: UUID, *, now: datetime) -> Invitation:
    """Send a new link, which is good for LIFETIME again; every earlier one is dead at once.

    :raises NotFound: when there is no such invitation.
    :raises InvitationEnded: when it is not pending any more.
    :raises MoreThanYouHold: when its role holds what the sender does not.
    """
    with transaction.atomic():
        sender = _sender(get_invitation(invitation_id).role)
        invitation = _locked(invitation_id, now=now)
        invitation.invited_by, invitation.expires_at = sender, now + LIFETIME
        invitation.token_hash, invitation.sent_at = "", None
        invitation.save(update_fields=["invited_by", "expires_at", "token_hash", "sent_at", "updated_at"])
        record_act("invitation.resent", invitation)
        send_invitation.enqueue(invitation_id=str(invitation.id))
    return invitation


def withdraw(invitation_id: UUID, *, now: datetime) -> None:
    """Take an invitation back: its link is dead, its seat is free.

    :raises NotFound: when there is no such invitation.
    :raises InvitationEnded: when it is not pending any more.
    :raises MoreThanYouHold: when its role holds what whoever acts does not.
    """
    with transaction.atomic():
        lock(WRITE).require(permissions_of(get_invitation(invitation_id).role))
        end(_locked(invitation_id, now=now), Status.WITHDRAWN, now=now)


def may_give(sender: User | None, role: str) -> bool:
    """Say whether somebody may invite into a role. See Note [Who vouches for an invitation]."""
    if sender is None:
        return role != Role.ADMIN
    here = sender.deleted_at is None
    return here and WRITE in sender.permissions and permissions_of(role) <= sender.permissions


def _sender(role: str) -> User | None:
    """Return the person who acts, or for whom an agent does, locked so that they stay what they are, if they may invite so."""
    actor = Current.actor
    people = User.objects.filter(id=actor.person_id) if actor.person_id else User.objects.none()
    sender = people.select_for_update(no_key=True).first()
    if sender is not None:
        sender.restricted_to = passed_on(actor.scopes)
    if not may_give(sender, role):
        raise MoreThanYouHold
    return sender


def _require_nobody(email: str) -> None:
    if User.objects.filter(email=email).exists():
        raise AddressTaken(field="email", problem="unique")


def _locked(invitation_id: UUID, *, now: datetime) -> Invitation:
    """Return an invitation that is pending, and stays so until the transaction ends."""
    found = Invitation.objects.select_for_update().filter(id=invitation_id).first()
    if found is None:
        raise NotFound
    state = found.state_at(now)
    if state != Status.PENDING:
        raise InvitationEnded(f"This invitation is {state.label.lower()}. Invite them again.")
    return found
