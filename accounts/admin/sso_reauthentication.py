"""Step-up by an identity provider in the dashboard (Django admin): a link leads there, in the session of this browser."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.admin.own_pages import person_of, session_id_of
from accounts.admin.second_factors.my_account import goes_back_to
from accounts.single_sign_on.pages import sent_on
from accounts.single_sign_on.step_up.beginning import begin_in_browser
from workix.admin.sites import dashboard


def reauthentication(request: HttpRequest) -> HttpResponse:
    """Send somebody to the provider that is to ask them. A browser follows no form to another host (CSP), so it is a link."""
    try:
        provider = UUID(request.GET.get("provider", ""))
    except ValueError as error:
        raise Http404 from error
    begun = begin_in_browser(
        person_of(request),
        session_id_of(request),
        provider=provider,
        return_to=goes_back_to(request),
        now=timezone.now(),
    )
    return sent_on(request, begun)


dashboard.own_view("reauthentication/sso/", "sso_reauthentication")(require_GET(reauthentication))
