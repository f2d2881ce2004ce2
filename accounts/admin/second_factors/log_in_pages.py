"""The second step of the log-in in a browser: a code, or enrolling a first factor; both sites, without JavaScript."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.admin.browser_challenge import LOG_IN, challenge_of, forget, goes_to, methods_of
from accounts.admin.login import remember_device, require_entry
from accounts.admin.second_factors.forms import CodeForm, FirstCodeForm, refused
from accounts.admin.second_factors.qr_code import svg_of
from accounts.authentication.bearer import SessionRevoked
from accounts.login.second_step.completion import answer, begin_enrolment, confirm_first, waiting_here
from accounts.models import User
from accounts.second_factors.challenges import PAGES, ChallengeNotValid
from accounts.second_factors.enrolment import Enrolment
from workix.admin.sites import console, dashboard, site_here
from workix.core.errors import ProblemError

BACKEND = "accounts.authentication.backends.PasswordBackend"


def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and complete the log-in."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with waiting_here(challenge_of(request), enrols=False, now=timezone.now()) as waiting:
                require_entry(waiting.user, goes_to(request))
                answer(waiting, form.cleaned_data["code"], now=timezone.now())
                return enter_browser(request, waiting.user, HttpResponseRedirect(goes_to(request)))
        except (ChallengeNotValid, SessionRevoked):
            return begin_again(request)
        except ProblemError as refusal:
            form.add_error("code", refusal.detail)
    if not challenge_of(request):
        return HttpResponseRedirect(LOG_IN)
    return log_in_page(
        request, "second_factors/second_factor", title="Second factor", form=form, methods=methods_of(request)
    )


def first_enrolment(request: HttpRequest) -> HttpResponse:
    """Enrol a factor for whoever has to have one, complete the log-in, and show the recovery codes."""
    form = FirstCodeForm(request.POST if "code" in request.POST else None)
    enrolment: Enrolment | None = None
    try:
        if request.method == "POST" and "code" not in request.POST:
            enrolment = begin_enrolment(challenge_of(request), PAGES, now=timezone.now())
        elif request.method == "POST" and form.is_valid():
            with waiting_here(challenge_of(request), enrols=True, now=timezone.now()) as waiting:
                require_entry(waiting.user, goes_to(request))
                codes = confirm_first(waiting, form.cleaned_data["code"], now=timezone.now())
                shown = codes_page(request, codes)
                return enter_browser(request, waiting.user, shown)
    except (ChallengeNotValid, SessionRevoked):
        return begin_again(request)
    except ProblemError as refusal:
        form = refused(refusal.detail)
    if not challenge_of(request):
        return HttpResponseRedirect(LOG_IN)
    return log_in_page(
        request, "second_factors/enrolment", title="Enrol a second factor", form=form, **drawn(enrolment)
    )


def drawn(enrolment: Enrolment | None) -> dict[str, Any]:
    """Show the secret of an enrolment that was just begun; there is no other time."""
    return {"enrolment": enrolment, "qr_code": svg_of(enrolment.uri)} if enrolment else {"enrolment": None}


def enter_browser(
    request: HttpRequest, user: User, response: HttpResponse, *, by_password: bool = True
) -> HttpResponse:
    """Complete the log-in of a browser. See Note [Between the two steps]."""
    forget(request)
    request.logged_in_by = {"by_password": by_password, "by_second_factor": True}  # type: ignore[attr-defined]  # for begin_session()
    login(request, user, backend=BACKEND)
    remember_device(request, response)
    return response


def begin_again(request: HttpRequest) -> HttpResponse:
    """Go back to the log-in form: what waited is over."""
    forget(request)
    return HttpResponseRedirect(LOG_IN)


def codes_page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Show the recovery codes of a first factor, the one time there is."""
    shown = {"codes": codes, "goes_to": goes_to(request)}
    return log_in_page(request, "second_factors/recovery_codes", title="Recovery codes", **shown)


def log_in_page(request: HttpRequest, name: str, *, title: str, **context: Any) -> HttpResponse:
    """Show a page of a log-in that waits."""
    shown = site_here().each_context(request) | {"title": title, "is_logging_in": True} | context
    return TemplateResponse(request, f"admin/{name}.html", shown).render()


for _site in (dashboard, console):
    _site.open_view("login/second-factor/", "second_step")(second_step)
    _site.open_view("login/enrolment/", "first_enrolment")(first_enrolment)
