"""Enrolling a passkey at a log-in in a browser, where the organization requires a second factor; with the script of our pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.admin.browser_challenge import LOG_IN, challenge_of, goes_to
from accounts.admin.login import require_entry
from accounts.admin.passkeys.forms import NameForm, sent_passkey
from accounts.admin.passkeys.log_in import refused
from accounts.admin.second_factors.log_in_pages import begin_again, codes_page, enter_browser, log_in_page
from accounts.authentication.bearer import SessionRevoked
from accounts.login.second_step.completion import waiting_here
from accounts.passkeys.enrolment import enrol, options_of
from accounts.passkeys.relying_party import relying_party
from accounts.second_factors.challenges import ChallengeNotValid
from workix.admin.sites import console, dashboard
from workix.core.errors import ProblemError

FIRST_PASSKEY = f"{LOG_IN}enrolment/passkey/"


def first_passkey(request: HttpRequest) -> HttpResponse:
    """Add a passkey for whoever has to have a factor, complete the log-in, and show the recovery codes."""
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with waiting_here(challenge_of(request), enrols=True, now=timezone.now()) as waiting:
                require_entry(waiting.user, goes_to(request))
                new, rp = sent_passkey(request, form.cleaned_data["name"]), relying_party(request)
                codes = enrol(waiting, new, rp, now=timezone.now())
                return enter_browser(request, waiting.user, codes_page(request, codes))
        except (ChallengeNotValid, SessionRevoked):
            return begin_again(request)
        except ProblemError as refusal:
            return refused(request, refusal, back=FIRST_PASSKEY)
    if not challenge_of(request):
        return HttpResponseRedirect(LOG_IN)
    return log_in_page(request, "passkeys/enrolment", title="Add a passkey", form=form)


def first_passkey_options(request: HttpRequest) -> HttpResponse:
    """Give the script the options of the log-in that this browser waits with."""
    try:
        with waiting_here(challenge_of(request), enrols=True, now=timezone.now()) as waiting:
            return JsonResponse(options_of(waiting, relying_party(request)))
    except ProblemError as refusal:
        return JsonResponse({"detail": refusal.detail}, status=refusal.status)


for _site in (dashboard, console):
    _site.open_view("login/enrolment/passkey/", "first_passkey")(first_passkey)
    _site.open_view("login/enrolment/passkey/options/", "first_passkey_options")(require_POST(first_passkey_options))
