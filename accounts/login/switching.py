"""Switching: from a session in one organization to one in another, where the same proven address is a person too."""

# Note [Switching]
# What an organization's admins decide, or what an injected statement writes in its schema, must open nothing of another's. So a
# session is good for switching only where all of this holds (decision 0031):
#
# - Both organizations allow it. Neither does unless its admins said so.
# - The session is of whoever reads the mailbox: see Note [Whose password it is]. Who does could set a new password in the
#   other organization anyway, through a link; who was merely given a password for that address could not.
# - The other organization has a person of that address, who proved it there, and may log in there now.
#
# Where one of them does not hold the answer is the same as for an organization that is not there. The list is empty for a
# session that is nobody's we know: to which organizations an address belongs is the owner's to know.
# A second factor there is asked for as at a log-in there: with a challenge of that organization, which its answer completes.
# Where people come in by single sign-on only nobody switches to. Who adds a condition to log-ins adds it to `_person_at` as well.

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import BooleanField, Func

from accounts import email_index
from accounts.login.login import decided_for_log_in
from accounts.login.sessions import LoggedIn, log_out, open_session
from accounts.models import Session, User
from accounts.passwords.expiry import is_expired
from accounts.second_factors.challenges import require_second_factor
from accounts.tokens import mailbox_proofs
from audit.recording import record
from quotas.rate_limits import Left, Limit, count_attempt
from tenants.models import Domain, Organization
from tenants.policies import require_allowed_network
from tenants.resolution import find_by_slug
from tenants.scope import use_platform, use_tenant
from workix.core.current import Current
from workix.core.errors import Denied, NotFound

SWITCHES = Limit("switches", most=60, window=timedelta(hours=1))


class MailboxNotProven(Denied):
    code = "mailbox_not_proven"
    detail = (
        "Set your password through a link that we mail you (POST /auth/password-reset/), and log in with it: then we know that"
        " the address is yours, in all your organizations."
    )


class NoOrganizationToSwitchTo(NotFound):
    detail = "You are in no organization of this name that lets you switch to it, or yours does not let you."


@dataclass(frozen=True, slots=True)
class Switched:
    """The session that was begun, and how often one may go on so."""

    opened: LoggedIn
    left: Left


def others(user: User, session_id: UUID) -> list[Organization]:
    """List the organizations that this session can be switched to, the oldest first, and no more than the index lists."""
    return _reached_from(_session(user, session_id), user)


def other_hosts(user: User, session_id: UUID) -> list[Domain]:
    """List the hosts of these organizations, for a browser: it logs in on each by itself, and is told where to."""
    found = _reached_from(_session(user, session_id, with_tokens=False), user)
    if not found:
        return []
    with use_platform():
        hosts = Domain.objects.filter(organization__in=found, is_primary=True).select_related("organization")
        return sorted(hosts, key=lambda host: (host.organization.created_at, host.organization_id))


def switch(user: User, session_id: UUID, *, organization: str, now: datetime) -> Switched:
    """Begin a session of the same mode in the organization with this slug. See Note [Switching].

    In token mode this session goes on. In cookie mode it ends: its cookie is replaced.

    :raises TooMany: when this person tries it too often: each time may open a session that stays for two weeks.
    :raises NoOrganizationToSwitchTo: when there is none, or one of the two does not allow it.
    :raises NetworkNotAllowed: when the other lets nobody in from here.
    :raises SecondFactorRequired: when the person has one there, or has to; this session goes on.
    :raises MailboxNotProven: when this session may be of somebody who was given a password for the address.
    :raises SessionRevoked: when the person there changes at the same moment.
    """
    session = _session(user, session_id)
    if session is None:
        raise NoOrganizationToSwitchTo
    if not mailbox_proofs.is_session_proven(session, user):
        raise MailboxNotProven
    here = Current.organization
    left = count_attempt(SWITCHES, f"{here.id} {user.id}", now=now)
    there = find_by_slug(organization)
    if there is None or there.id == here.id:
        raise NoOrganizationToSwitchTo
    person = _person_at(there, user.email, now=now)
    require_allowed_network(there)
    with use_tenant(there):
        require_second_factor(person, in_cookie=bool(session.in_cookie), now=now)
    _leave(session, now=now)
    with use_tenant(there), Current.scoped(organization=there, actor=person.as_actor()), transaction.atomic():
        opened = open_session(there, person, in_cookie=bool(session.in_cookie), is_mailbox_proven=True, now=now)
        record(
            "session.switched",
            resource_type="session",
            resource_id=opened.session_id,
            changes={"from": here.slug},
        )
    return Switched(opened, left)


def _reached_from(session: Session | None, user: User) -> list[Organization]:
    if session is None or not mailbox_proofs.is_session_proven(session, user):
        return []
    return email_index.organizations_to_switch_to(user.email, besides=Current.organization.id)


def _session(user: User, session_id: UUID, *, with_tokens: bool = True) -> Session | None:
    """Find the session that asks, if its organization allows switching; a browser's has no tokens, and switches nowhere."""
    if Current.find_organization() is None:
        return None
    found = Session.objects.filter(id=session_id, user=user, in_cookie__isnull=not with_tokens, ended_at__isnull=True)
    return found.alias(may_switch=_switching_is_allowed()).filter(may_switch=True).first()


def _person_at(there: Organization, address: str, *, now: datetime) -> User:
    """Return who has proven this address in another organization, and may come in there now."""
    with use_tenant(there):
        found = User.objects.filter(email=address, is_active=True, email_confirmed_at__isnull=False)
        asked = found.annotate(**decided_for_log_in())
        person: Any = asked.alias(may_switch=_switching_is_allowed()).filter(may_switch=True).first()
    if person is None or person.single_sign_on_only:
        raise NoOrganizationToSwitchTo
    if is_expired(person.password_changed_at, person.lifetime_days, now=now):
        raise NoOrganizationToSwitchTo
    return cast(User, person)


def _switching_is_allowed() -> Func:
    """Ask the organization in scope, which has to be open, too."""
    return Func(function="public.my_organization_allows_switching", output_field=BooleanField())


def _leave(session: Session, *, now: datetime) -> None:
    """Tell this organization's trail first: an entry too many is better than one too few. Where to is not its business."""
    with transaction.atomic():
        record("session.switched", resource_type="session", resource_id=session.id)
        if session.in_cookie:
            log_out(session.id, now=now)
