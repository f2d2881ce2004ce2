"""Logging in by a passkey in a browser, alone or as the second step; with the script of our pages (static/workix/passkeys.js)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.admin.browser_challenge import LOG_IN, challenge_of, goes_to
from accounts.admin.login import require_entry
from accounts.admin.passkeys.forms import sent_assertion
from accounts.admin.second_factors.log_in_pages import begin_again, enter_browser
from accounts.authentication.bearer import SessionRevoked
from accounts.login import attempts
from accounts.login.second_step.completion import waiting_here
from accounts.passkeys.log_in import identify
from accounts.passkeys.relying_party import relying_party
from accounts.passkeys.second_step import answer, options_of
from accounts.second_factors.challenges import ChallengeNotValid
from workix.admin.sites import console, dashboard, site_here
from workix.core.errors import ProblemError

SECOND_STEP = f"{LOG_IN}second-factor/"


def log_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """Log in whoever signed. Django's session gets another key, as at any log-in."""
    wanted = request.POST.get("next", "")
    there = wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/admin/"
    now = timezone.now()
    try:
        user = identify(sent_assertion(request), relying_party(request), now=now)
        require_entry(user, there)
        response = enter_browser(request, user, HttpResponseRedirect(there), by_password=False)
    except ProblemError as refusal:
        return refused(request, refusal, back=LOG_IN)
    attempts.passkey_was_right(user, now=now)
    return response


def second_step_options(request: HttpRequest) -> HttpResponse:
    """Give the script the options of the log-in that this browser waits with."""
    try:
        with waiting_here(challenge_of(request), enrols=False, now=timezone.now()) as waiting:
            return JsonResponse(options_of(waiting, relying_party(request)))
    except ProblemError as refusal:
        return JsonResponse({"detail": refusal.detail}, status=refusal.status)


def second_step_by_passkey(request: HttpRequest) -> HttpResponse:
    """Complete a log-in whose password was right."""
    try:
        with waiting_here(challenge_of(request), enrols=False, now=timezone.now()) as waiting:
            require_entry(waiting.user, goes_to(request))
            answer(waiting, sent_assertion(request), relying_party(request), now=timezone.now())
            return enter_browser(request, waiting.user, HttpResponseRedirect(goes_to(request)))
    except (ChallengeNotValid, SessionRevoked):
        return begin_again(request)
    except ProblemError as refusal:
        return refused(request, refusal, back=SECOND_STEP)


def refused(request: HttpRequest, refusal: ProblemError, *, back: str) -> HttpResponse:
    """Say why not, and lead back to where one may try again."""
    is_logging_in = not request.user.is_authenticated
    shown = {"title": "Passkey", "detail": refusal.detail, "back": back, "is_logging_in": is_logging_in}
    context = site_here().each_context(request) | shown
    return TemplateResponse(request, "admin/passkeys/refused.html", context, status=refusal.status).render()


for _site in (dashboard, console):
    _site.open_view("login/passkey/", "passkey_login")(require_POST(log_in_by_passkey))
    _site.open_view("login/second-factor/passkey/", "passkey_step")(require_POST(second_step_by_passkey))
    _site.open_view("login/second-factor/passkey/options/", "passkey_step_options")(require_POST(second_step_options))
