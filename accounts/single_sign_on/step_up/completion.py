"""Completing step-up: the provider asked once more, and it is the same person, just now (auth_time, AuthnInstant)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.login.browser_sessions import session_id_of
from accounts.login.sessions import authenticated_again
from accounts.models import ExternalIdentity, User
from accounts.single_sign_on.attempts import Attempt, AttemptNotValid
from accounts.single_sign_on.front_ends import codes
from accounts.single_sign_on.front_ends.return_addresses import with_query
from accounts.single_sign_on.identity import Identity, SignOnFailed, SignOnRefused

#: How far a provider's clock may be from ours.
SKEW = timedelta(seconds=30)


def step_up(request: HttpRequest, attempt: Attempt, identity: Identity, *, now: datetime) -> HttpResponse:
    """Renew when the session of a page was proved, or give a front-end the code that does. See Note [Step-up by a provider].

    :raises SignOnFailed: when the provider did not ask them anew, or does not say so.
    :raises SignOnRefused: when it is somebody else.
    :raises AttemptNotValid: when the browser is not in the session that began.
    :raises SessionRevoked: when that ended meanwhile.
    """
    row, user = attempt.row, attempt.row.begun_by
    if user is None or row.begun_in is None:
        raise AttemptNotValid
    _require_same(user, identity)
    _require_anew(identity, since=row.created_at, now=now)
    if row.code_challenge:
        return HttpResponseRedirect(with_query(row.return_to, code=codes.issue(attempt, user, now=now)))
    if getattr(request.user, "id", None) != user.id or session_id_of(request) != row.begun_in:
        raise AttemptNotValid
    with transaction.atomic():
        authenticated_again(user, row.begun_in, by_second_factor=True, provider=identity.provider, now=now)
    return HttpResponseRedirect(row.return_to)


def _require_same(user: User, identity: Identity) -> None:
    """Make sure by the subject alone who it is: an address says nothing here."""
    if not ExternalIdentity.objects.filter(provider=identity.provider, subject=identity.subject, user=user).exists():
        raise SignOnRefused("This is somebody else than who is logged in here. Sign on as yourself.")


def _require_anew(identity: Identity, *, since: datetime, now: datetime) -> None:
    proved_at = identity.authenticated_at
    if proved_at is None:
        raise SignOnFailed("The provider does not say when the person proved who they are (auth_time).")
    if not since - SKEW <= proved_at <= now + SKEW:
        raise SignOnFailed("The provider did not ask the person anew: what they proved is older, or of the future.")
