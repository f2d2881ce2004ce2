"""My account in the dashboard and the console (Django admin): profile, password, second factors, sessions, organizations."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from accounts.admin.own_pages import chosen, page, person_of
from accounts.admin.switching import other_organizations
from accounts.admin.users import device_of
from accounts.login import browser_sessions
from accounts.models import Session, User
from accounts.passkeys.own_passkeys import passkeys_of
from accounts.profile import change_profile, end_session, open_sessions
from accounts.second_factors.enrolment import factors_of
from workix.admin.model_admin import attempt
from workix.admin.sites import console, dashboard
from workix.core.current import Current

ACCOUNT = "/admin/account/"
#: Sessions that are shown, those seen last.
MOST = 50


class ProfileForm(ModelForm):  # type: ignore[type-arg]  # Django's has no parameter when it runs
    """What one may change of oneself."""

    class Meta:
        model = User
        fields = ("first_name", "last_name")


def account(request: HttpRequest) -> HttpResponse:
    """Show what is one's own, and change one's name."""
    user = person_of(request)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=user)
    if request.method == "POST" and form.is_valid():
        attempt(request, lambda: change_profile(user, **form.cleaned_data), done="Your name is saved.")
        return HttpResponseRedirect(ACCOUNT)
    shown: dict[str, Any] = {
        "form": form,
        "person": user,
        "takes_password": user.may_use_password,
        "factors": list(factors_of(user)),
        "passkeys": list(passkeys_of(user)),
        "devices": [(each, device_of(each.user_agent)) for each in _own_sessions(request)[:MOST]],
        "here": browser_sessions.session_id_of(request),
        "organizations": other_organizations(request) if Current.find_organization() else None,
    }
    return page(request, "account", title="My account", **shown)


def end_one(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions."""
    if request.method == "POST":
        session = chosen(request, "session", of=_own_sessions(request))
        attempt(request, lambda: end_session(session, now=timezone.now()), done="That session has ended.")
    return HttpResponseRedirect(ACCOUNT)


def _own_sessions(request: HttpRequest) -> QuerySet[Session]:
    return open_sessions(person_of(request), now=timezone.now()).order_by("-last_seen_at", "-id")


for _site in (dashboard, console):
    _site.own_view("account/", "account")(account)
    _site.own_view("account/sessions/", "end_own_session")(end_one)
