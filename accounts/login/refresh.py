"""Refresh token rotation: renew() exchanges a refresh token for new tokens, and ends the session of one that was spent before."""

# Bulk write: one conditional UPDATE decides who of many renews a session.

# Note [Rotation]
# A refresh token is good once. The session keeps the keyed hash of the only one that is good now, and one conditional
# UPDATE puts the next in its place: of any number who come with the same token at once, one gets through. Whoever
# comes with a token that we signed for this session, but that is not the one, holds a spent one: somebody copied it.
# We can't tell who is the thief, so the session ends, with every token of it. No clock takes part in the judgement.

# Note [Two tabs]
# Tabs of one browser share the cookie, and nothing tells them who asks: two may send the same token before the first one's
# answer has replaced it. So in cookie mode, and nowhere else, the token that was spent last is good a little longer, for an
# access token and nothing more: the cookie is the other tab's to replace. It has to come from the client that spent it (network
# and user agent), within SHARED of it by the database's clock. From anywhere else, later, or when the next one was spent too,
# it is a copy, and the session ends as above. The same UPDATE decides: it tests both conditions on the row as it is once
# whoever came first has committed.
#
# Which mode a session is in stands in its row, and its token is taken in no other way: out of the cookie and in a body, it
# was taken by somebody. A session that an older release opened has no mode until it is renewed, and nothing is forgiven there.

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Now

from accounts.authentication.bearer import SessionRevoked
from accounts.login.sessions import REFRESH, LoggedIn, make_refresh, pair_of
from accounts.models import Session, User
from accounts.models.security_policy import decided
from accounts.realms import enter, realm_of, require_open
from accounts.tokens import access_tokens, signed_tokens
from accounts.tokens.signed_tokens import Subject
from audit.recording import record
from quotas.rate_limits import client
from tenants.policies import require_allowed_network
from workix.config.keyed_hash import keyed_hash
from workix.core.current import Current

#: How long two tabs may share a refresh token. See Note [Two tabs].
SHARED = timedelta(seconds=10)


def renew(refresh: str, *, in_cookie: bool = False, now: datetime) -> LoggedIn:
    """Exchange a refresh token for a new pair; `refresh` of what is returned is empty for the second of two tabs.

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
        following = make_refresh(realm, subject.row_id)
        if not _rotate(subject, refresh, following, in_cookie=in_cookie, now=now):
            _end_reused(subject, now=now)
            raise SessionRevoked
        required_from = decided("second_factor_required_from")
        session = _session_of(subject).select_related("user").annotate(required_from=required_from).first()
        if session is None or _needs_second_factor(session, now=now):
            raise SessionRevoked
        is_ours = session.refresh_hash == signed_tokens.hash_of(REFRESH, following)
        return pair_of(realm, session.user, session.id, following if is_ours else "")


def _rotate(subject: Subject, spent: str, following: str, *, in_cookie: bool, now: datetime) -> int:
    """Put the next token in the place of the one that is spent. See Note [Rotation] and Note [Two tabs]."""
    spent_hash, by = signed_tokens.hash_of(REFRESH, spent), _client_hash()
    is_good = Q(refresh_hash=spent_hash)
    is_shared = Q(in_cookie=True, spent_hash=spent_hash, spent_by=by, spent_at__gt=Now() - SHARED)
    found = Session.objects.filter(
        is_good | is_shared,
        Q(in_cookie=in_cookie) | Q(in_cookie__isnull=True),
        id=subject.row_id,
        ended_at__isnull=True,
        expires_at__gt=now,
    )  # and no condition on another table: PostgreSQL would test it, and all of this, on what was there before
    return found.update(
        refresh_hash=_if(is_good, Value(signed_tokens.hash_of(REFRESH, following)), F("refresh_hash")),
        spent_at=_if(is_good, Now(), F("spent_at")),
        spent_hash=spent_hash,
        spent_by=by,
        in_cookie=in_cookie,
        last_seen_at=now,
    )


def _if(condition: Q, then: Value | Now, otherwise: F) -> Case:
    return Case(When(condition, then=then), default=otherwise)


def _session_of(subject: Subject) -> QuerySet[Session]:
    return Session.objects.filter(id=subject.row_id, user__is_active=True, user__deleted_at__isnull=True)


def _needs_second_factor(session: Any, *, now: datetime) -> bool:
    """Say whether a session was begun by less than is asked for by now. See Note [Required second factors]."""
    required_from: datetime | None = session.required_from
    return session.second_factor_at is None and required_from is not None and required_from <= now


def _client_hash() -> str:
    """Return who comes, as it is compared: the network of the address, and what the client calls itself."""
    return keyed_hash("refresh client", f"{client()} {Current.context.user_agent}")


def _end_reused(subject: Subject, *, now: datetime) -> None:
    with transaction.atomic():
        if Session.objects.filter(id=subject.row_id, ended_at__isnull=True).update(ended_at=now):
            whose = User.with_removed.get(sessions=subject.row_id).as_actor()
            record("session.refresh_reused", resource_type="session", resource_id=subject.row_id, actor=whose)
