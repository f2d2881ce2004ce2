"""My account in the dashboard and the console (Django admin): second factors, recovery codes, and step-up (reauthentication)."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.admin.second_factors import log_in_pages
from accounts.admin.second_factors.forms import FirstCodeForm, ReauthenticationForm, refused
from accounts.login import browser_sessions
from accounts.login.second_step.confirmation import confirm
from accounts.login.second_step.reauthentication import reauthenticate
from accounts.models import User
from accounts.models.second_factor import has_one
from accounts.second_factors import recovery_codes
from accounts.second_factors.enrolment import enrol, factors_of, remove, renew_recovery_codes
from accounts.second_factors.methods import methods_of
from workix.admin.model_admin import attempt
from workix.admin.sites import Site, console, dashboard
from workix.core.current import Current
from workix.core.errors import Invalid, ProblemError
from workix.core.permissions import require_recent_authentication

LIST = "/admin/second-factors/"


def second_factors(request: HttpRequest) -> HttpResponse:
    """List one's own factors, and say what one may do with them."""
    user = _person(request)
    shown = {"factors": list(factors_of(user)), "codes_left": recovery_codes.left(user), "has_one": has_one(user)}
    return _page(request, "list", title="Second factors", **shown)


def enrolment(request: HttpRequest) -> HttpResponse:
    """Show a secret, and take its first code."""
    user, form = _recent(request), FirstCodeForm(request.POST if "code" in request.POST else None)
    begun = None
    try:
        if request.method == "POST" and "code" not in request.POST:
            begun = enrol(user)
        elif request.method == "POST" and form.is_valid():
            codes = confirm(user, form.cleaned_data["code"], session_id=_session_id(request), now=timezone.now())
            return _page(request, "recovery_codes", title="Recovery codes", codes=codes, goes_to=LIST)
    except ProblemError as refusal:
        form = refused(refusal.detail)
    return _page(request, "enrolment", title="Add an authenticator app", form=form, **log_in_pages.drawn(begun))


def removal(request: HttpRequest) -> HttpResponse:
    """Ask once more, and take a factor away."""
    user = _recent(request)
    factor = factors_of(user).filter(id=_id(request)).first()
    if factor is None:
        raise Http404
    if request.method == "POST":
        attempt(request, lambda: remove(user, factor.id), done=f"{factor} is removed.")
        return HttpResponseRedirect(LIST)
    return _page(request, "removal", title=f"Remove {factor}", factor=factor)


def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ask once more, and show new codes."""
    user = _recent(request)
    if request.method != "POST":
        return _page(request, "renewal", title="New recovery codes")
    try:
        codes = renew_recovery_codes(user)
    except ProblemError:
        return HttpResponseRedirect(LIST)
    return _page(request, "recovery_codes", title="Recovery codes", codes=codes, goes_to=LIST)


def reauthentication(request: HttpRequest) -> HttpResponse:
    """Ask for the password once more, and go back to where it was asked for. See Note [Step-up]."""
    user = _person(request)
    goes_to, methods = goes_back_to(request), methods_of(user)
    given = request.POST if request.method == "POST" else None
    form = ReauthenticationForm(given, has_second_factor=bool(methods))
    if request.method == "POST" and form.is_valid():
        try:
            reauthenticate(user, _session_id(request), **form.cleaned_data, now=timezone.now())
        except ProblemError as refusal:
            form.add_error(refusal.field if isinstance(refusal, Invalid) else None, refusal.detail)
        else:
            return HttpResponseRedirect(goes_to)
    return _page(request, "reauthentication", title="Is it you?", form=form, next=goes_to, methods=methods)


def goes_back_to(request: HttpRequest) -> str:
    """Return where somebody came from who was asked once more who they are: a page of this site."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    is_ours = wanted.startswith("/admin/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else "/admin/"


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _recent(request: HttpRequest) -> User:
    require_recent_authentication(request.user, now=timezone.now())
    return _person(request)


def _session_id(request: HttpRequest) -> UUID:
    found = browser_sessions.session_id_of(request)
    assert found is not None  # who is not logged in does not come here
    return found


def _id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("factor", request.GET.get("factor", "")))
    except ValueError as error:
        raise Http404 from error


def _page(request: HttpRequest, name: str, *, title: str, **context: Any) -> HttpResponse:
    site: Site = dashboard if Current.find_organization() else console
    shown = site.each_context(request) | {"title": title} | context
    return TemplateResponse(request, f"admin/second_factors/{name}.html", shown)


for _site in (dashboard, console):
    _site.own_view("second-factors/", "second_factors")(second_factors)
    _site.own_view("second-factors/enrolment/", "second_factor_enrolment")(enrolment)
    _site.own_view("second-factors/removal/", "second_factor_removal")(removal)
    _site.own_view("second-factors/recovery-codes/", "recovery_codes")(new_recovery_codes)
    _site.own_view("reauthentication/", "reauthentication")(reauthentication)
