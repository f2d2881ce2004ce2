"""My account in the dashboard and the console (Django admin): passkeys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from accounts.admin.own_pages import chosen, page, person_of, recent_person_of, session_id_of
from accounts.admin.passkeys.forms import NameForm, sent_passkey
from accounts.admin.passkeys.log_in import refused
from accounts.models import Passkey
from accounts.passkeys.own_passkeys import passkeys_of, remove, rename
from accounts.passkeys.registration import add
from accounts.passkeys.relying_party import relying_party
from workix.admin.model_admin import attempt
from workix.admin.sites import console, dashboard
from workix.core.errors import ProblemError

LIST = "/admin/passkeys/"


def passkeys(request: HttpRequest) -> HttpResponse:
    """List one's own, and add what the script had made."""
    user = recent_person_of(request)
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            new, rp = sent_passkey(request, form.cleaned_data["name"]), relying_party(request)
            added = add(user, session_id_of(request), new, rp, now=timezone.now())
        except ProblemError as refusal:
            return refused(request, refusal, back=LIST)
        if not added.recovery_codes:
            return HttpResponseRedirect(LIST)
        codes = added.recovery_codes
        return page(request, "second_factors/recovery_codes", title="Recovery codes", codes=codes, goes_to=LIST)
    return page(request, "passkeys/list", title="Passkeys", passkeys=list(passkeys_of(user)), form=form)


def renaming(request: HttpRequest) -> HttpResponse:
    """Call one something else."""
    passkey = _passkey(request)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": passkey.name})
    if request.method == "POST" and form.is_valid():
        attempt(
            request,
            lambda: rename(person_of(request), passkey.id, **form.cleaned_data),
            done="It is renamed.",
        )
        return HttpResponseRedirect(LIST)
    return page(request, "passkeys/renaming", title=f"Rename {passkey}", passkey=passkey, form=form)


def removal(request: HttpRequest) -> HttpResponse:
    """Ask once more, and take one away."""
    recent_person_of(request)
    passkey = _passkey(request)
    if request.method == "POST":
        attempt(request, lambda: remove(person_of(request), passkey.id), done=f"{passkey} is removed.")
        return HttpResponseRedirect(LIST)
    return page(request, "passkeys/removal", title=f"Remove {passkey}", passkey=passkey)


def _passkey(request: HttpRequest) -> Passkey:
    return chosen(request, "passkey", of=passkeys_of(person_of(request)))


for _site in (dashboard, console):
    _site.own_view("passkeys/", "passkeys")(passkeys)
    _site.own_view("passkeys/name/", "passkey_name")(renaming)
    _site.own_view("passkeys/removal/", "passkey_removal")(removal)
