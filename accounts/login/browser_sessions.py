"""Browser sessions: the same session as an API client's, held by Django's session cookie instead of by tokens."""

# Note [One kind of session]
# Django's session remembers things for a browser; it does not say who somebody is. That says a row of `sessions`, as it
# does for an access token: so a log-in in the dashboard is listed with the others, and log-out everywhere, a new
# password, removal, demotion and suspension end it from the very next click. Both rows are in the schema of the person's
# realm: a cookie of another organization finds nothing here.

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from accounts.authentication.bearer import SessionRevoked, person_of_session
from accounts.login import attempts
from accounts.login.sessions import log_out, record_sign_on, start
from accounts.models import IdentityProvider, User
from accounts.tokens import mailbox_proofs
from workix.core.current import Current
from workix.core.models import uuid7
from workix.core.permissions import AnonymousUser

KEY = "session_id"


def begin(
    request: HttpRequest,
    user: User,
    *,
    by_password: bool = True,
    by_second_factor: bool = False,
    provider: IdentityProvider | None = None,
    now: datetime,
) -> None:
    """Open a session for somebody who gave their password here, or a passkey, and let the browser remember it.

    With `provider`, an identity provider of the organization's said who they are, which proves no mailbox, and answers for
    second factors.
    """
    session_id = uuid7()
    lifetime = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    is_proven = by_password and provider is None and mailbox_proofs.is_password_proven(user)
    proof = mailbox_proofs.of_session(user, session_id) if is_proven else ""
    has_two = by_second_factor or provider is not None
    complete = partial(attempts.succeeded, user, now=now)
    with attempts.given_back_if_unavailable(complete), transaction.atomic(), Current.scoped(actor=user.as_actor()):
        start(user, session_id, lifetime=lifetime, mailbox_proof=proof, by_second_factor=has_two, now=now)
        if provider is not None:
            record_sign_on(provider, session_id)
    request.session[KEY] = str(session_id)
    Current.update(actor=user.as_actor())


def end(request: HttpRequest, *, now: datetime) -> None:
    """End it; what the browser remembers leads nowhere from then on."""
    session_id = session_id_of(request)
    if session_id is not None:
        log_out(session_id, now=now)


def person_of(request: HttpRequest) -> User | AnonymousUser:
    """Return who looks at the page. See Note [One kind of session].

    :raises OrganizationSuspended: when their organization is not open.
    """
    session_id = session_id_of(request)
    if session_id is None:
        return AnonymousUser()
    try:
        user = person_of_session(session_id, on_platform=Current.find_organization() is None)
    except SessionRevoked:
        return AnonymousUser()
    Current.update(actor=user.as_actor())
    return user


def session_id_of(request: HttpRequest) -> UUID | None:
    """Return the session this browser remembers, good or not."""
    remembered: str | None = request.session.get(KEY)
    return UUID(remembered) if remembered else None
