"""Security headers: every HTML page carries a strict Content-Security-Policy (CSP)."""

from __future__ import annotations

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse


class SecurityHeadersMiddleware:
    """Puts django-csp's policy on HTML; JSON passes at the cost of a look at its type."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._policy = CSPMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            self._policy.process_response(request, response)
        return response
