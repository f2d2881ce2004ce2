"""My account in the dashboard and the console (Django admin): passkeys."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.admin.passkeys.forms import NameForm, sent_passkey
from accounts.admin.passkeys.log_in import refused
from accounts.login import browser_sessions
from accounts.models import Passkey, User
from accounts.passkeys.own_passkeys import passkeys_of, remove, rename
from accounts.passkeys.registration import add
from accounts.passkeys.relying_party import relying_party
from workix.admin.model_admin import attempt
from workix.admin.sites import Site, console, dashboard
from workix.core.current import Current
from workix.core.errors import ProblemError
from workix.core.permissions import require_recent_authentication

LIST = "/admin/passkeys/"


def passkeys(request: HttpRequest) -> HttpResponse:
    """List one's own, and add what the script had made."""
    user = _recent(request)
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            new, rp = sent_passkey(request, form.cleaned_data["name"]), relying_party(request)
            added = add(user, _session_id(request), new, rp, now=timezone.now())
        except ProblemError as refusal:
            return refused(request, refusal, back=LIST)
        if not added.recovery_codes:
            return HttpResponseRedirect(LIST)
        shown = {"title": "Recovery codes", "codes": added.recovery_codes, "goes_to": LIST}
        return _page(request, "admin/second_factors/recovery_codes.html", **shown)
    return _page(request, "admin/passkeys/list.html", title="Passkeys", passkeys=list(passkeys_of(user)), form=form)


def renaming(request: HttpRequest) -> HttpResponse:
    """Call one something else."""
    passkey = _passkey(request)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": passkey.name})
    if request.method == "POST" and form.is_valid():
        attempt(request, lambda: rename(_person(request), passkey.id, **form.cleaned_data), done="It is renamed.")
        return HttpResponseRedirect(LIST)
    return _page(request, "admin/passkeys/renaming.html", title=f"Rename {passkey}", passkey=passkey, form=form)


def removal(request: HttpRequest) -> HttpResponse:
    """Ask once more, and take one away."""
    _recent(request)
    passkey = _passkey(request)
    if request.method == "POST":
        attempt(request, lambda: remove(_person(request), passkey.id), done=f"{passkey} is removed.")
        return HttpResponseRedirect(LIST)
    return _page(request, "admin/passkeys/removal.html", title=f"Remove {passkey}", passkey=passkey)


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _recent(request: HttpRequest) -> User:
    require_recent_authentication(request.user, now=timezone.now())
    return _person(request)


def _session_id(request: HttpRequest) -> UUID:
    found = browser_sessions.session_id_of(request)
    assert found is not None  # who is not logged in does not come here
    return found


def _passkey(request: HttpRequest) -> Passkey:
    try:
        identity = UUID(request.POST.get("passkey", request.GET.get("passkey", "")))
    except ValueError as error:
        raise Http404 from error
    found = passkeys_of(_person(request)).filter(id=identity).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    site: Site = dashboard if Current.find_organization() else console
    return TemplateResponse(request, template, site.each_context(request) | context)


for _site in (dashboard, console):
    _site.own_view("passkeys/", "passkeys")(passkeys)
    _site.own_view("passkeys/name/", "passkey_name")(renaming)
    _site.own_view("passkeys/removal/", "passkey_removal")(removal)
