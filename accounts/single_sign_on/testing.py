"""Testing an identity provider: an admin signs on as themself, enabled or not, and sees what came back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.models import ExternalIdentity, User
from accounts.single_sign_on.attempts import Attempt, AttemptNotValid
from accounts.single_sign_on.identity import Identity, SignOnFailed, SignOnRefused, record_refusal
from accounts.single_sign_on.people import believed_address, link, role_of
from workix.admin.sites import dashboard
from workix.core.errors import ProblemError


def show_test(
    request: HttpRequest, attempt: Attempt, read_identity: Callable[[], Identity], *, now: datetime
) -> HttpResponse:
    """Show what came back, and whether it is the admin who tests. It opens no session, and makes nobody a person.

    :raises AttemptNotValid: when who began it is not who is logged in here now.
    """
    admin = attempt.row.begun_by
    if admin is None or not isinstance(request.user, User) or request.user.id != admin.id:
        raise AttemptNotValid
    found: dict[str, Any] = {}
    try:
        identity = found["identity"] = read_identity()
        found["role"] = role_of(identity)
        _recognize(identity, admin, now=now)
    except ProblemError as refusal:
        record_refusal(attempt.provider, refusal)
        found["refusal"] = refusal.because if isinstance(refusal, SignOnFailed) and refusal.because else refusal.detail
    request.current_app = dashboard.name  # as a page of the dashboard has it, for its links
    context = dashboard.each_context(request) | {"title": f"Test of {attempt.provider}", "provider": attempt.provider}
    return TemplateResponse(request, "admin/dashboard/sign_on_test.html", context | found)


def _recognize(identity: Identity, admin: User, *, now: datetime) -> None:
    """Know the admin by this subject from now on, by the rules that hold for everybody."""
    known = ExternalIdentity.objects.filter(provider=identity.provider, subject=identity.subject)
    user_id = known.values_list("user_id", flat=True).first()
    if user_id is None and believed_address(identity) == admin.email:
        user_id = admin.id
    if user_id != admin.id:
        raise SignOnRefused("This is somebody else than you: test with your own account at the provider.")
    link(identity, now=now)
