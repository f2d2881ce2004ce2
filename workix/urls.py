"""Every URL of the platform on one page (platform host and organization host)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularRedocView, SpectacularSwaggerSplitView

from workix import health
from workix.foundation.errors import NotFound
from workix.foundation.problems import InternalError, problem_response
from workix.jwks import jwks_view

api: list[URLPattern | URLResolver] = [
    path("", include("accounts.api.urls")),
    path("", include("quotas.api.urls")),
    path("", include("audit.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    path("redoc/", SpectacularRedocView.as_view(url_name="schema"), name="redoc"),
]

urlpatterns = [
    path("api/v1/", include(api)),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path(".well-known/jwks.json", jwks_view),
]


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem_response(NotFound())


def handler500(request: HttpRequest) -> HttpResponse:
    return problem_response(InternalError())
