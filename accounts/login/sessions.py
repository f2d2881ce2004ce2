"""Sessions: begin(), log_out(), log_out_everywhere(). A refresh token renews one: accounts/login/refresh.py."""

# Bulk write: one conditional UPDATE decides whether a log-in is still good; those of an organization are shortened together.

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from accounts.authentication.bearer import SessionRevoked
from accounts.login import devices
from accounts.models import IdentityProvider, Session, User
from accounts.models.security_policy import ends_by
from accounts.realms import Realm
from accounts.tokens import access_tokens, mailbox_proofs, signed_tokens
from accounts.tokens.signed_tokens import Subject
from audit.recording import record
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
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    device: str = field(default="", repr=False)
    in_cookie: bool = False


def begin(
    realm: Realm,
    user: User,
    *,
    in_cookie: bool = False,
    by_password: bool = True,
    by_second_factor: bool = False,
    now: datetime,
) -> LoggedIn:
    """Open a session for somebody who proved who they are, by their password or not, in the realm that is entered.

    `in_cookie` is its mode: whether its refresh token travels in a cookie, and in no other way. `by_second_factor` says that
    they have proved it by one, too.
    """
    opened = open_session(
        realm,
        user,
        in_cookie=in_cookie,
        is_mailbox_proven=by_password and mailbox_proofs.is_password_proven(user),
        by_second_factor=by_second_factor,
        now=now,
    )
    return replace(opened, device=devices.issue(user))


def open_session(
    realm: Realm,
    user: User,
    *,
    in_cookie: bool,
    is_mailbox_proven: bool,
    by_second_factor: bool = False,
    now: datetime,
) -> LoggedIn:
    """Open a session with tokens, in the realm that is entered. See Note [Whose password it is] for `is_mailbox_proven`."""
    session_id = uuid7()
    refresh = make_refresh(realm, session_id)
    good = signed_tokens.hash_of(REFRESH, refresh)
    start(
        user,
        session_id,
        lifetime=settings.REFRESH_TOKEN_LIFETIME,
        now=now,
        refresh_hash=good,
        in_cookie=in_cookie,
        mailbox_proof=mailbox_proofs.of_session(user, session_id) if is_mailbox_proven else "",
        by_second_factor=by_second_factor,
    )
    return replace(pair_of(realm, user, session_id, refresh), in_cookie=in_cookie)


def start(
    user: User,
    session_id: UUID,
    *,
    lifetime: timedelta,
    now: datetime,
    refresh_hash: str = "",
    in_cookie: bool | None = None,
    mailbox_proof: str = "",
    by_second_factor: bool = False,
) -> None:
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
            in_cookie=in_cookie,
            mailbox_proof=mailbox_proof,
            expires_at=now + lifetime if by_second_factor else ends_by(now + lifetime),
            authenticated_at=now,
            second_factor_at=now if by_second_factor else None,
            last_seen_at=now,
            ip_address=context.ip_address,
            user_agent=context.user_agent,
        )
        user.last_login = now
        record("session.started", resource_type="session", resource_id=session_id, actor=user.as_actor())


def record_sign_on(provider: IdentityProvider, session_id: UUID) -> None:
    """Add to the trail by whose word a session was begun. The caller's transaction begins the session, too."""
    record("session.signed_on", resource_type="session", resource_id=session_id, changes={"provider": provider.name})


def log_out(session_id: UUID, *, now: datetime) -> None:
    """End one session; both its tokens are dead from the next call on."""
    _end(Session.objects.filter(id=session_id), now=now)


def log_out_everywhere(user: User, *, now: datetime) -> None:
    """End every session of a person."""
    _end(Session.objects.filter(user=user), now=now)


def end_those_of(people: QuerySet[User], *, now: datetime) -> None:
    """End every session of several people."""
    _end(Session.objects.filter(user__in=people), now=now)


def end_own(user: User, session_id: UUID, *, now: datetime) -> None:
    """End one of a person's own sessions.

    :raises NotFound: when it is not theirs, or over.
    """
    if not _end(Session.objects.filter(user=user, id=session_id), now=now):
        raise NotFound


def authenticated_again(
    user: User,
    session_id: UUID,
    *,
    by_second_factor: bool = False,
    provider: IdentityProvider | None = None,
    now: datetime,
) -> None:
    """Write down that somebody proved once more who they are, in the caller's transaction. See Note [Step-up].

    `provider` is who asked them, where it was not us.

    :raises SessionRevoked: when the session ended meanwhile.
    """
    proved = {"authenticated_at": now} | ({"second_factor_at": now} if by_second_factor else {})
    if not Session.objects.filter(id=session_id, user=user, ended_at__isnull=True).update(**proved):
        raise SessionRevoked
    by = {"provider": provider.name} if provider else None
    record("session.reauthenticated", resource_type="session", resource_id=session_id, changes=by)


def shorten_sessions(required_from: datetime) -> None:
    """Let sessions that were begun by a password alone end at that moment. See Note [Required second factors]."""
    alone = Session.objects.filter(ended_at__isnull=True, second_factor_at__isnull=True)
    alone.filter(expires_at__gt=required_from).update(expires_at=required_from)


def make_refresh(realm: Realm, session_id: UUID) -> str:
    """Make a refresh token; it is good once the session says so."""
    return signed_tokens.write(REFRESH, Subject(realm.id if realm else None, session_id))


def pair_of(realm: Realm, user: User, session_id: UUID, refresh: str) -> LoggedIn:
    """Sign an access token for a session, and put the refresh token beside it."""
    access = access_tokens.issue(
        organization_id=realm.id if realm else None, user_id=user.id, session_id=session_id, role=user.role
    )
    return LoggedIn(realm, user, session_id, access, refresh)


def _unchanged(user: User) -> QuerySet[User]:
    """Find a person as long as they log in with what they did when they were read."""
    return User.objects.filter(
        id=user.id, password=user.password, email=user.email, role=user.role, is_active=user.is_active
    )


def _end(sessions: QuerySet[Session], *, now: datetime) -> int:
    with transaction.atomic():
        ended = sessions.filter(ended_at__isnull=True).select_for_update().values_list("id", flat=True)
        found = list(ended)
        Session.objects.filter(id__in=found).update(ended_at=now)
        for session_id in found:
            record("session.ended", resource_type="session", resource_id=session_id)
    return len(found)
