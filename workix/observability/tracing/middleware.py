"""Tracing middleware: one server span a request, named by method and route. In MIDDLEWARE only where traces are sent."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from opentelemetry.trace import Span, StatusCode

from workix.observability.request_metrics import METHODS, UNNAMED, view_of
from workix.observability.tracing import traceparent
from workix.observability.tracing.recording import describe_context, record_request

#: Asked every few seconds by machines: they would be most of all traces.
PROBES = "/health/"


class TracingMiddleware:
    """The outermost one: all others are inside the span. See Note [What a span may say]."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PROBES):
            return self.get_response(request)
        with record_request(request.META.get("HTTP_TRACEPARENT", "")) as span:
            # From here on it is part of our trace: the log takes its id from here, whether a caller named one or not.
            request.META["HTTP_TRACEPARENT"] = traceparent()
            response = self.get_response(request)
            if span.is_recording():
                _describe(span, request, response)
        return response


def _describe(span: Span, request: HttpRequest, response: HttpResponse) -> None:
    method, route = request.method if request.method in METHODS else "_OTHER", view_of(request)
    span.update_name(f"{'HTTP' if method == '_OTHER' else method} {'' if route == UNNAMED else route}".rstrip())
    span.set_attribute("http.request.method", str(method))
    span.set_attribute("http.response.status_code", response.status_code)
    span.set_attribute("url.scheme", request.scheme or "")
    if route != UNNAMED:
        span.set_attribute("http.route", route)
    if response.status_code >= 500:
        span.set_status(StatusCode.ERROR)
        span.set_attribute("error.type", str(response.status_code))
    context = getattr(request, "context", None)  # whoever was not let in has none
    describe_context(span, response.headers.get("X-Request-ID", ""), context.organization if context else None)
