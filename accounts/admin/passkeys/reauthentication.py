"""Step-up (reauthentication) by a passkey in the dashboard and the console."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.admin.passkeys.forms import sent_assertion
from accounts.admin.passkeys.log_in import refused
from accounts.admin.second_factors.my_account import goes_back_to
from accounts.login import browser_sessions
from accounts.models import User
from accounts.passkeys.relying_party import relying_party
from accounts.passkeys.step_up import step_up
from workix.admin.sites import console, dashboard
from workix.core.errors import ProblemError


def reauthentication(request: HttpRequest) -> HttpResponse:
    """Take a passkey in place of the password, and go back to where it was asked for. See Note [Step-up]."""
    there, session_id = goes_back_to(request), browser_sessions.session_id_of(request)
    assert session_id is not None  # who is not logged in does not come here
    try:
        signed, rp = sent_assertion(request), relying_party(request)
        step_up(cast(User, request.user), session_id, signed, rp, now=timezone.now())
    except ProblemError as refusal:
        return refused(request, refusal, back=f"/admin/reauthentication/?next={there}")
    return HttpResponseRedirect(there)


for _site in (dashboard, console):
    _site.own_view("reauthentication/passkey/", "passkey_reauthentication")(require_POST(reauthentication))
