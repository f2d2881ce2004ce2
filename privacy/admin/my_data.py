"""My data in the dashboard: whoever is logged in has their own data exported, takes the archive, or asks to be erased."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts.admin.own_pages import chosen, page, person_of, recent_person_of
from privacy.erasures.scheduling import GRACE, call_off, schedule
from privacy.exports.archive_response import as_attachment
from privacy.exports.exporting import ask_for, get_export, make_link, take
from privacy.models import Erasure, ErasureStatus, PrivacyExport
from workix.admin.model_admin import attempt
from workix.admin.sites import dashboard
from workix.core.errors import ProblemError

MY_DATA = "/admin/my-data/"


def my_data(request: HttpRequest) -> HttpResponse:
    """Show what can be had, and have it written into an archive."""
    if request.method == "POST":
        user = recent_person_of(request)
        attempt(request, lambda: ask_for(None, by=user, now=timezone.now()), done="Your archive is being built.")
        return HttpResponseRedirect(MY_DATA)
    user, now = person_of(request), timezone.now()
    shown = {
        "exports": list(PrivacyExport.objects.filter(user=user, expires_at__gt=now)),
        "erasure": Erasure.objects.filter(user=user, status=ErasureStatus.SCHEDULED).first(),
        "days": GRACE.days,
    }
    return page(request, "privacy/my_data", title="My data", **shown)


def archive(request: HttpRequest) -> HttpResponseBase:
    """Stream an archive, of oneself or, for whoever may, of anybody. See Note [The link to an archive]."""
    user, now = recent_person_of(request), timezone.now()
    chosen_one = chosen(request, "export", of=PrivacyExport.objects.all())
    try:
        export = get_export(chosen_one.id, by=user, now=now)
        if request.method != "POST":
            return page(request, "privacy/archive", title="Take the archive", export=export)
        link = make_link(export.id, by=user, now=now)
        return as_attachment(take(export.id, link.token, by=user, now=now), export.id)
    except ProblemError as refusal:
        messages.error(request, refusal.detail)
        return HttpResponseRedirect(MY_DATA)


def erasure(request: HttpRequest) -> HttpResponse:
    """Ask to be erased, or call that off."""
    user, now = recent_person_of(request), timezone.now()
    if request.method != "POST":
        return page(request, "privacy/erasure", title="Have my data erased", days=GRACE.days)
    waiting = Erasure.objects.filter(user=user, status=ErasureStatus.SCHEDULED).first()
    if waiting is not None and "call_off" in request.POST:
        attempt(request, lambda: call_off(waiting.id, by=user), done="You stay.")
    else:
        attempt(request, lambda: schedule(None, by=user, now=now), done="Your erasure is scheduled.")
    return HttpResponseRedirect(MY_DATA)


dashboard.own_view("my-data/", "my_data")(my_data)
dashboard.own_view("my-data/archive/", "my_data_archive")(archive)
dashboard.own_view("my-data/erasure/", "my_data_erasure")(erasure)
