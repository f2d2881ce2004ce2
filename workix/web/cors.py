"""CORS: which origins' pages may call the API from a browser, and with what. django-cors-headers writes the headers."""

# Note [Who allows an origin]
# A preflight carries no credential, so all that is known is whose host is called. On every host the platform's own list
# counts (WORKIX_ALLOWED_ORIGINS); on an organization's host the organization's, too, and nowhere else. An origin is
# compared whole: the library's own setting would compare scheme and host only, and repeat whatever stands behind them.
# A browser needs no leave to send what a form could. So what a cookie alone may do must not depend on this list, and does
# not: the refresh cookie counts with a header that takes leave (accounts.api.cookies), the session of the dashboard on
# its own origin only (is_cross_origin).

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from typing import Any, cast

from corsheaders import middleware
from corsheaders.signals import check_request_enabled
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

API = "/api/"
#: What a listed page may send besides what a form could, and what it may read besides what any page may.
SENT_HEADERS = (
    *("authorization", "content-type", "idempotency-key", "if-match", "if-none-match"),
    *("x-csrf-token", "x-device-token", "x-request-id", "workix-dry-run"),
    *("workix-reason", "workix-trace"),
)
READ_HEADERS = (
    *("Location", "Retry-After", "RateLimit", "RateLimit-Policy", "Idempotency-Replayed"),
    *("WWW-Authenticate", "X-Device-Token", "X-Request-ID", "Workix-Dry-Run"),
)


class CorsMiddleware:
    """Puts django-cors-headers around calls of pages to the API: preflights are answered before anything asks who calls.

    What comes without an Origin is no page's call. It is only marked (Vary), for a tenth of what the library takes to see that.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._cors = middleware.CorsMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(API):
            return self.get_response(request)
        if "HTTP_ORIGIN" in request.META:
            return cast(HttpResponse, self._cors(request))
        response = self.get_response(request)
        varies = response.headers.get("Vary")
        response.headers["Vary"] = f"{varies}, origin" if varies else "origin"
        return response


@receiver(check_request_enabled)
def is_allowed(request: HttpRequest, **_signal: Any) -> bool:
    """Say whether the page that calls is of an allowed origin. See Note [Who allows an origin]."""
    origin = request.META.get("HTTP_ORIGIN", "")
    return origin in settings.WORKIX.allowed_origins or origin in _reader()(request)


@cache
def _reader() -> Callable[[HttpRequest], Collection[str]]:
    reader: Callable[[HttpRequest], Collection[str]] = import_string(settings.WORKIX_ORIGINS_OF_HOST)
    return reader


def headers_of_platform(origin: str) -> dict[str, str]:
    """Return what lets a page read what the server itself answers: by the platform's list, since no host is looked up."""
    if origin not in settings.WORKIX.allowed_origins:
        return {"Vary": "Origin"}
    return {
        "Vary": "Origin",
        middleware.ACCESS_CONTROL_ALLOW_ORIGIN: origin,
        middleware.ACCESS_CONTROL_ALLOW_CREDENTIALS: "true",
        middleware.ACCESS_CONTROL_EXPOSE_HEADERS: ", ".join(settings.CORS_EXPOSE_HEADERS),
    }


def is_cross_origin(request: HttpRequest) -> bool:
    """Say whether a page of another origin calls. No browser leaves out which, where its page could read the answer."""
    origin = request.META.get("HTTP_ORIGIN")
    return origin is not None and origin != f"{request.scheme}://{request.get_host()}"
