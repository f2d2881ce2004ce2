"""Security headers: every response carries a Content-Security-Policy (CSP), pages one that lets them load what is ours."""

from __future__ import annotations

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse

#: What is no page loads nothing and is shown in no frame, should a browser take it for one. Source: OWASP ASVS 5, 3.4.3.
NO_PAGE = "default-src 'none'; frame-ancestors 'none'"


class SecurityHeadersMiddleware:
    """Puts django-csp's policy on HTML, and a constant on everything else: JSON, style sheets, pictures, redirects."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._policy = CSPMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            self._policy.process_response(request, response)
        else:
            response.headers.setdefault("Content-Security-Policy", NO_PAGE)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        return response
