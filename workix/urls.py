"""URL configuration: every URL of the platform host and of an organization's host."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView

from accounts.api.jwks import jwks_view
from workix.admin.sites import admin_urls, console, dashboard
from workix.api.openapi import pages
from workix.api.problems import InternalError, problem_response
from workix.api.urls import api_urls
from workix.core.errors import NotFound
from workix.observability import health
from workix.web import public_pages

api: list[URLPattern | URLResolver] = [
    *api_urls(),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", pages.swagger, name="docs"),
    path("redoc/", pages.redoc, name="redoc"),
]

urlpatterns = [
    path("api/v1/", include(api)),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path(".well-known/jwks.json", jwks_view),
    admin_urls(dashboard, of_organization=True),
    admin_urls(console, of_organization=False),
    path("sso/", include("accounts.single_sign_on.urls")),
    path("admin", RedirectView.as_view(url="/admin/")),
    path("", public_pages.front),
    path("sign-up/", public_pages.sign_up),
    path("confirm-email/", public_pages.confirm_email),
    path("accept-invitation/", public_pages.accept_invitation),
    path("reset-password/", public_pages.reset_password),
]


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem_response(NotFound())


def handler500(request: HttpRequest) -> HttpResponse:
    return problem_response(InternalError())
