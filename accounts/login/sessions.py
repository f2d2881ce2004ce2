"""Sessions and refresh token rotation: begin(), renew(), log_out(), log_out_everywhere()."""

# Bulk write: one conditional UPDATE decides who of two renews a session, and whether a log-in is still good.

# Note [Rotation]
# A refresh token is good once. The session keeps the keyed hash of the only one that is good now, and one conditional
# UPDATE puts the next in its place: of any number who come with the same token at once, one gets through. Whoever
# comes with a token that we signed for this session, but that is not the one, holds a spent one: somebody copied it.
# We can't tell who is the thief, so the session ends, with every token of it. No clock takes part in the judgement.

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from accounts.authentication.bearer import SessionRevoked
from accounts.login import devices
from accounts.models import Session, User
from accounts.realms import Realm, enter, realm_of, require_open
from accounts.tokens import access_tokens, signed_tokens
from accounts.tokens.signed_tokens import Subject
from audit.recording import record
from tenants.policies import require_allowed_network
from workix.core.current import Current
from workix.core.errors import NotFound
from workix.core.models import uuid7

REFRESH = "refresh"


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """A session, with the only copy of its tokens. `organization` is None for an operator.

    `device` is a new one after a log-in, and empty after a refresh. See Note [Known devices].
    """

    organization: Realm
    user: User
    session_id: UUID
    access: str
    refresh: str
    device: str = ""


def begin(realm: Realm, user: User, *, now: datetime) -> LoggedIn:
    """Open a session for somebody who proved who they are, in the realm that is entered."""
    session_id = uuid7()
    refresh = _make_refresh(realm, session_id)
    good = signed_tokens.hash_of(REFRESH, refresh)
    start(user, session_id, refresh_hash=good, lifetime=settings.REFRESH_TOKEN_LIFETIME, now=now)
    return replace(_pair(realm, user, session_id, refresh), device=devices.issue(user))


def start(user: User, session_id: UUID, *, lifetime: timedelta, now: datetime, refresh_hash: str = "") -> None:
    """Write a session down; without `refresh_hash` no token ever renews it.

    :raises SessionRevoked: when the person changed since they were read. See Note [What ends with a credential].
    """
    context = Current.context
    with transaction.atomic():
        if not _unchanged(user).update(last_login=now):
            raise SessionRevoked
        Session.objects.create(
            id=session_id,
            user=user,
            refresh_hash=refresh_hash,
            expires_at=now + lifetime,
            last_seen_at=now,
            ip_address=context.ip_address,
            user_agent=context.user_agent,
        )
        user.last_login = now
        record("session.started", resource_type="session", resource_id=session_id, actor=user.as_actor())


def renew(refresh: str, *, now: datetime) -> LoggedIn:
    """Exchange a refresh token for a new pair. See Note [Rotation].

    :raises TokenNotValid: when we never made it.
    :raises SessionRevoked: when its session is over, or it was spent before; then the session ends.
    :raises OrganizationSuspended: when the organization is not open.
    :raises NetworkNotAllowed: when it lets nobody in from here; the token stays good.
    """
    subject = signed_tokens.read(REFRESH, refresh)
    if subject is None:
        raise access_tokens.TokenNotValid("The refresh token is not valid. Log in again.")
    try:
        realm = realm_of(subject.organization_id)
    except LookupError as error:
        raise SessionRevoked from error
    require_open(realm)
    if realm is not None:
        require_allowed_network(realm)
    with enter(realm):
        following = _make_refresh(realm, subject.row_id)
        if not _rotate(subject.row_id, refresh, following, now=now):
            _end_reused(subject.row_id, now=now)
            raise SessionRevoked
        user = User.objects.filter(sessions=subject.row_id, is_active=True).first()
        if user is None:
            raise SessionRevoked
        return _pair(realm, user, subject.row_id, following)


def log_out(session_id: UUID, *, now: datetime) -> None:
    """End one session; both its tokens are dead from the next call on."""
    _end(Session.objects.filter(id=session_id), now=now)


def log_out_everywhere(user: User, *, now: datetime) -> None:
    """End every session of a person."""
    _end(Session.objects.filter(user=user), now=now)


def end_own(user: User, session_id: UUID, *, now: datetime) -> None:
    """End one of a person's own sessions.

    :raises NotFound: when it is not theirs, or over.
    """
    if not _end(Session.objects.filter(user=user, id=session_id), now=now):
        raise NotFound


def _unchanged(user: User) -> QuerySet[User]:
    """Find a person as long as they log in with what they did when they were read."""
    return User.objects.filter(
        id=user.id, password=user.password, email=user.email, role=user.role, is_active=user.is_active
    )


def _make_refresh(realm: Realm, session_id: UUID) -> str:
    return signed_tokens.write(REFRESH, Subject(realm.id if realm else None, session_id))


def _pair(realm: Realm, user: User, session_id: UUID, refresh: str) -> LoggedIn:
    access = access_tokens.issue(
        organization_id=realm.id if realm else None, user_id=user.id, session_id=session_id, role=user.role
    )
    return LoggedIn(realm, user, session_id, access, refresh)


def _rotate(session_id: UUID, spent: str, following: str, *, now: datetime) -> bool:
    good = Session.objects.filter(
        id=session_id,
        refresh_hash=signed_tokens.hash_of(REFRESH, spent),
        ended_at__isnull=True,
        expires_at__gt=now,
    )  # and no condition on another table: PostgreSQL would test it, and all of this, on what was there before
    return bool(good.update(refresh_hash=signed_tokens.hash_of(REFRESH, following), last_seen_at=now))


def _end_reused(session_id: UUID, *, now: datetime) -> None:
    with transaction.atomic():
        if Session.objects.filter(id=session_id, ended_at__isnull=True).update(ended_at=now):
            whose = User.with_removed.get(sessions=session_id).as_actor()
            record("session.refresh_reused", resource_type="session", resource_id=session_id, actor=whose)


def _end(sessions: QuerySet[Session], *, now: datetime) -> int:
    with transaction.atomic():
        ended = sessions.filter(ended_at__isnull=True).select_for_update().values_list("id", flat=True)
        found = list(ended)
        Session.objects.filter(id__in=found).update(ended_at=now)
        for session_id in found:
            record("session.ended", resource_type="session", resource_id=session_id)
    return len(found)
