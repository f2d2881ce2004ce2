"""Step-up (reauthentication) by a passkey in the dashboard and the console."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.admin.own_pages import person_of, session_id_of
from accounts.admin.passkeys.forms import sent_assertion
from accounts.admin.passkeys.log_in import refused
from accounts.admin.second_factors.my_account import goes_back_to
from accounts.passkeys.relying_party import relying_party
from accounts.passkeys.step_up import step_up
from workix.admin.sites import console, dashboard
from workix.core.errors import ProblemError


def reauthentication(request: HttpRequest) -> HttpResponse:
    """Take a passkey in place of the password, and go back to where it was asked for. See Note [Step-up]."""
    there, user = goes_back_to(request), person_of(request)
    try:
        signed, rp = sent_assertion(request), relying_party(request)
        step_up(user, session_id_of(request), signed, rp, now=timezone.now())
    except ProblemError as refusal:
        return refused(request, refusal, back=f"/admin/reauthentication/?{urlencode({'next': there})}")
    return HttpResponseRedirect(there)


for _site in (dashboard, console):
    _site.own_view("reauthentication/passkey/", "passkey_reauthentication")(require_POST(reauthentication))
