"""log_in() and what hangs on it: a session, and its pair of tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts import opaque_tokens, passwords, tokens
from accounts.directory import organizations_of
from accounts.models import Session, User
from accounts.models.user import normalize_address
from accounts.opaque_tokens import Subject
from audit.recording import record
from tenants.models import Organization, Status
from tenants.resolution import OrganizationSuspended, find_by_slug
from tenants.scope import use_tenant
from workix.foundation.current import Actor, Current
from workix.foundation.errors import Conflict, Denied, NotAuthenticated
from workix.foundation.records import uuid7

REFRESH = "refresh"


class InvalidCredentials(NotAuthenticated):
    code = "invalid_credentials"
    detail = "The address or the password is wrong."


class EmailNotConfirmed(Denied):
    code = "email_not_confirmed"
    detail = "Confirm your e-mail address first: the link is in the mail we sent you."


class OrganizationRequired(Conflict):
    code = "organization_required"
    detail = "You are a person in several organizations. Say which one with its slug in `organization`."


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A new session, with the only copy of its tokens."""

    organization: Organization
    user: User
    access: str
    refresh: str


def log_in(*, email: str, password: str, organization: str = "", now: datetime) -> LoggedIn:
    """Open a session for whoever knows the password.

    `organization` is a slug; without one it is the host's, else the one the address and password fit.

    :raises InvalidCredentials: it never says which of the two is wrong, nor whether the address is known.
    :raises OrganizationRequired: when they fit several organizations.
    :raises EmailNotConfirmed: when the password is right but the address unproven.
    :raises OrganizationSuspended: when the password is right but the organization is not open.
    """
    address = normalize_address(email)
    candidates = _candidates(address, organization)
    fitting = [place for place in candidates if _fits(place, address, password) and place is not None]
    if not fitting:
        raise InvalidCredentials
    if len(fitting) > 1:
        raise OrganizationRequired(organizations=sorted(place.slug for place in fitting))
    return _open(fitting[0], address, now=now)


def _candidates(address: str, slug: str) -> list[Organization | None]:
    """List where the password is to be tried; None stands for nowhere, and takes as long."""
    here = Current.find_organization()
    if slug:
        named = find_by_slug(slug)
        elsewhere = here is not None and (named is None or named.id != here.id)
        return [None if elsewhere else named]
    if isinstance(here, Organization):
        return [here]
    return list(organizations_of(address)) or [None]


def _fits(organization: Organization | None, address: str, password: str) -> bool:
    if organization is None:
        return passwords.is_password_of(None, password)
    with use_tenant(organization):
        user = User.objects.filter(email=address, is_active=True).first()
        if passwords.is_password_of(user.password if user else None, password):
            return True
        with transaction.atomic():
            record(
                "session.refused",
                resource_type="user",
                resource_id=user.id if user else "",
                changes={"because": "wrong password" if user else "unknown address"},
            )
        return False


def _open(organization: Organization, address: str, *, now: datetime) -> LoggedIn:
    with use_tenant(organization), transaction.atomic():
        user = User.objects.get(email=address)
        if user.email_confirmed_at is None:
            raise EmailNotConfirmed
        if organization.status != Status.ACTIVE:
            raise OrganizationSuspended
        session_id = uuid7()
        refresh = opaque_tokens.write(REFRESH, Subject(organization.id, session_id))
        context = Current.context
        Session.objects.create(
            id=session_id,
            user=user,
            refresh_hash=opaque_tokens.hash_of(REFRESH, refresh),
            expires_at=now + settings.REFRESH_TOKEN_LIFETIME,
            last_seen_at=now,
            ip_address=context.ip_address,
            user_agent=context.user_agent,
        )
        user.last_login = now
        user.save(update_fields=["last_login"])
        actor = Actor("person", user.id, user.email)
        record("session.started", resource_type="session", resource_id=session_id, actor=actor)
    access = tokens.issue(organization_id=organization.id, user_id=user.id, session_id=session_id, role=user.role)
    return LoggedIn(organization, user, access, refresh)
