"""Security headers: on every response a Content-Security-Policy (CSP), HSTS, COOP, Referrer-Policy and Permissions-Policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse

#: What is no page loads nothing and is shown in no frame, should a browser take it for one. Source: OWASP ASVS 5, 3.4.3.
NO_PAGE = "default-src 'none'; frame-ancestors 'none'"

#: What no page of ours does, nor a script that got into one. Passkeys and the clipboard stay a page's own, as by default.
_FEATURES = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer", "microphone"),
    *("midi", "payment", "serial", "usb"),
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in _FEATURES)


class SecurityHeadersMiddleware:
    """Puts django-csp's policy on HTML, and a constant on everything else: JSON, style sheets, pictures, redirects.

    It is outside of whatever refuses: what Django's SecurityMiddleware never sees (an unknown host, a malformed path) has
    the same headers. HSTS is sent over TLS alone. Source: RFC 6797, section 7.2.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._policy = CSPMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            self._policy.process_response(request, response)
        for name, value in headers_of_no_page():
            response.headers.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", _hsts())
        return response


def headers_of_no_page() -> Iterator[tuple[str, str]]:
    """Give what every response carries, in the form it has on what is no page."""
    yield "Content-Security-Policy", NO_PAGE
    yield "X-Content-Type-Options", "nosniff"
    yield "Referrer-Policy", settings.SECURE_REFERRER_POLICY
    yield "Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY
    yield "Permissions-Policy", PERMISSIONS
    yield "X-Frame-Options", settings.X_FRAME_OPTIONS


def _hsts() -> str:
    """Write it as Django does."""
    subdomains = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
    preload = "; preload" if settings.SECURE_HSTS_PRELOAD else ""
    return f"max-age={settings.SECURE_HSTS_SECONDS}{subdomains}{preload}"
