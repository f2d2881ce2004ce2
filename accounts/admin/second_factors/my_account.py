"""My account in the dashboard and the console (Django admin): second factors, recovery codes, and step-up (reauthentication)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.admin.own_pages import chosen, page, person_of, recent_person_of, session_id_of
from accounts.admin.second_factors import log_in_pages
from accounts.admin.second_factors.forms import FirstCodeForm, ReauthenticationForm, refused
from accounts.login.second_step.confirmation import confirm
from accounts.login.second_step.reauthentication import reauthenticate
from accounts.models.second_factor import has_one
from accounts.second_factors import recovery_codes
from accounts.second_factors.enrolment import enrol, factors_of, remove, renew_recovery_codes
from accounts.second_factors.methods import methods_of
from accounts.single_sign_on.step_up.beginning import providers_of
from workix.admin.model_admin import attempt
from workix.admin.sites import console, dashboard
from workix.core.errors import Invalid, ProblemError

LIST = "/admin/second-factors/"


def second_factors(request: HttpRequest) -> HttpResponse:
    """List one's own factors, and say what one may do with them."""
    user = person_of(request)
    shown = {"factors": list(factors_of(user)), "codes_left": recovery_codes.left(user), "has_one": has_one(user)}
    return page(request, "second_factors/list", title="Second factors", **shown)


def enrolment(request: HttpRequest) -> HttpResponse:
    """Show a secret, and take its first code."""
    user, form = recent_person_of(request), FirstCodeForm(request.POST if "code" in request.POST else None)
    begun = None
    try:
        if request.method == "POST" and "code" not in request.POST:
            begun = enrol(user)
        elif request.method == "POST" and form.is_valid():
            codes = confirm(user, form.cleaned_data["code"], session_id=session_id_of(request), now=timezone.now())
            return page(request, "second_factors/recovery_codes", title="Recovery codes", codes=codes, goes_to=LIST)
    except ProblemError as refusal:
        form = refused(refusal.detail)
    return page(
        request, "second_factors/enrolment", title="Add an authenticator app", form=form, **log_in_pages.drawn(begun)
    )


def removal(request: HttpRequest) -> HttpResponse:
    """Ask once more, and take a factor away."""
    user = recent_person_of(request)
    factor = chosen(request, "factor", of=factors_of(user))
    if request.method == "POST":
        attempt(request, lambda: remove(user, factor.id), done=f"{factor} is removed.")
        return HttpResponseRedirect(LIST)
    return page(request, "second_factors/removal", title=f"Remove {factor}", factor=factor)


def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ask once more, and show new codes."""
    user = recent_person_of(request)
    if request.method != "POST":
        return page(request, "second_factors/renewal", title="New recovery codes")
    try:
        codes = renew_recovery_codes(user)
    except ProblemError:
        return HttpResponseRedirect(LIST)
    return page(request, "second_factors/recovery_codes", title="Recovery codes", codes=codes, goes_to=LIST)


def reauthentication(request: HttpRequest) -> HttpResponse:
    """Ask for the password once more, and go back to where it was asked for. See Note [Step-up]."""
    user = person_of(request)
    goes_to, methods = goes_back_to(request), methods_of(user)
    given = request.POST if request.method == "POST" else None
    form = ReauthenticationForm(given, has_second_factor=bool(methods))
    if request.method == "POST" and form.is_valid():
        try:
            reauthenticate(user, session_id_of(request), **form.cleaned_data, now=timezone.now())
        except ProblemError as refusal:
            form.add_error(refusal.field if isinstance(refusal, Invalid) else None, refusal.detail)
        else:
            return HttpResponseRedirect(goes_to)
    ways = {"methods": methods, "has_password": user.may_use_password, "providers": providers_of(user)}
    return page(request, "second_factors/reauthentication", title="Is it you?", form=form, next=goes_to, **ways)


def goes_back_to(request: HttpRequest) -> str:
    """Return where somebody came from who was asked once more who they are: a page of this site."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    is_ours = wanted.startswith("/admin/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else "/admin/"


for _site in (dashboard, console):
    _site.own_view("second-factors/", "second_factors")(second_factors)
    _site.own_view("second-factors/enrolment/", "second_factor_enrolment")(enrolment)
    _site.own_view("second-factors/removal/", "second_factor_removal")(removal)
    _site.own_view("second-factors/recovery-codes/", "recovery_codes")(new_recovery_codes)
    _site.own_view("reauthentication/", "reauthentication")(reauthentication)
