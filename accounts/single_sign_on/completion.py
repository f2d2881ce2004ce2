"""Completing a sign-on: what any protocol calls once an answer came back, with how it reads the identity in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.models import SignOnPurpose, User
from accounts.realms import require_open
from accounts.single_sign_on.attempts import Attempt, AttemptNotValid
from accounts.single_sign_on.front_ends import codes
from accounts.single_sign_on.front_ends.return_addresses import with_query
from accounts.single_sign_on.identity import Identity, record_refusal
from accounts.single_sign_on.people import person_of
from accounts.single_sign_on.step_up.completion import step_up
from accounts.single_sign_on.testing import show_test
from tenants.models import Organization
from workix.core.current import Current
from workix.core.errors import ProblemError
from workix.core.permissions import holds

_BACKEND = "accounts.authentication.backends.PasswordBackend"
#: Where somebody goes who may not enter the dashboard.
_OWN_PAGE = "/api/v1/me/"


def complete(
    request: HttpRequest, attempt: Attempt, read_identity: Callable[[], Identity], *, now: datetime
) -> HttpResponse:
    """Let in whoever the provider says came, and lead on. `attempt` was used up; `read_identity` verifies the answer.

    :raises SignOnFailed: and whatever else `read_identity` refuses with, for a sign-on of pages.
    :raises SignOnRefused: when nobody is meant who may come in.
    :raises OrganizationSuspended: when the organization is not open.
    """
    if attempt.row.purpose == SignOnPurpose.TEST:
        return show_test(request, attempt, read_identity, now=now)
    identity: Identity | None = None
    try:
        _require_good(attempt)
        identity = read_identity()
        if attempt.is_step_up:
            return step_up(request, attempt, identity, now=now)
        user = person_of(identity, now=now)
    except ProblemError as refusal:
        record_refusal(attempt.provider, refusal, email=identity.email if identity else "")
        if not attempt.row.code_challenge:  # nobody but a front-end begins with one
            raise
        return HttpResponseRedirect(with_query(attempt.row.return_to, error=refusal.code))
    if attempt.row.purpose == SignOnPurpose.CODE:
        return HttpResponseRedirect(with_query(attempt.row.return_to, code=codes.issue(attempt, user, now=now)))
    return _enter_pages(request, attempt, user)


def _require_good(attempt: Attempt) -> None:
    organization = Current.organization
    assert isinstance(organization, Organization)  # of a request
    require_open(organization)
    if not attempt.provider.is_enabled:
        raise AttemptNotValid


def _enter_pages(request: HttpRequest, attempt: Attempt, user: User) -> HttpResponse:
    request.signed_on_by = attempt.provider  # type: ignore[attr-defined]  # for begin_session(), which Django's signal calls
    login(request, user, backend=_BACKEND)
    leads_to_api = attempt.row.return_to.startswith("/api/")
    return HttpResponseRedirect(attempt.row.return_to if leads_to_api or holds(user, "dashboard:enter") else _OWN_PAGE)
