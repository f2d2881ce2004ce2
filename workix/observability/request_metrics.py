"""Request metrics: django-prometheus' middlewares, with the series its public dashboards show and few of their costs."""

# Note [What a request costs]
# django-prometheus keeps seventeen series and looks their labels up anew for each request: half a million instructions.
# Here three are written, and the children of their labels are looked up once for each kind of request. The others that
# dashboards name are sums of these three, and are added up when Prometheus asks: workix.observability.totals.

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_prometheus.middleware import Metrics, PrometheusAfterMiddleware, PrometheusBeforeMiddleware

RESPONSES = "django_http_responses_total_by_status_view_method"
LATENCY = "django_http_requests_latency_seconds_by_view_method"
BODIES = "django_http_responses_body_total_bytes"
WANTED = {
    RESPONSES,
    LATENCY,
    BODIES,
    "django_http_exceptions_total_by_type",
    "django_http_exceptions_total_by_view",
}
BODY_BUCKETS = (0, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 16_777_216)
#: What leads nowhere, and methods somebody made up, are one label each, as django-prometheus names them.
UNNAMED, INVALID = "<unnamed view>", "<invalid method>"
METHODS = frozenset(("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"))


class RequestMetrics(Metrics):
    """django-prometheus' series, of which only the wanted are registered."""

    responses_by_status_view_method: Any
    requests_latency_by_view_method: Any
    responses_body_bytes: Any
    exceptions_by_type: Any
    exceptions_by_view: Any

    def register_metric(
        self, metric_cls: Any, name: str, documentation: str, labelnames: Any = (), **kwargs: Any
    ) -> Any:
        if name not in WANTED:
            return None
        if name == RESPONSES:
            labelnames = (*labelnames, "transport")  # so that the counts by transport are sums of it
        if name == BODIES:
            kwargs["buckets"] = BODY_BUCKETS  # each bound is compared with each body; thirty are too many
        return super().register_metric(metric_cls, name, documentation, labelnames, **kwargs)


#: Requests that are counted under the same labels: method, view, status, transport.
Kind = tuple[str, str, int, str]
Counters = tuple[Callable[[], None], Callable[[float], None]]


class BeforeMiddleware(PrometheusBeforeMiddleware):
    """Counts and times each request, from outside of all other middlewares. See Note [What a request costs]."""

    metrics_cls = RequestMetrics

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        self._counters: dict[Kind, Counters] = {}
        self._measure_body = self.metrics.responses_body_bytes.observe

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response: HttpResponseBase = self.get_response(request)
        seconds = time.perf_counter() - started
        transport = "https" if request.META.get("wsgi.url_scheme") == "https" else "http"
        kind = (request.method or "", view_of(request), response.status_code, transport)
        count, observe = self._counters.get(kind) or self._counters_of(kind)
        count()
        observe(seconds)
        if not response.streaming:
            self._measure_body(len(response.content))  # type: ignore[attr-defined]  # what does not stream has it
        return response

    def _counters_of(self, kind: Kind) -> Counters:
        method, view, status, transport = kind
        method = method if method in METHODS else INVALID
        counters = (
            self.metrics.responses_by_status_view_method.labels(status, view, method, transport).inc,
            self.metrics.requests_latency_by_view_method.labels(view, method).observe,
        )
        if method != INVALID:  # or whoever makes up methods would fill the memory
            self._counters[kind] = counters
        return counters


class AfterMiddleware(PrometheusAfterMiddleware):
    """Counts exceptions that a view lets through, from inside of all other middlewares."""

    metrics_cls = RequestMetrics

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = self.get_response(request)
        return response

    def process_view(self, request: HttpRequest, *args: Any) -> None:
        """Count nothing: that was done outside."""

    def process_template_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        count_exception(request, exception)


def count_exception(request: HttpRequest, error: BaseException) -> None:
    """Count an exception under its type, and under the view it came from."""
    metrics = RequestMetrics.get_instance()
    metrics.exceptions_by_type.labels(type(error).__name__).inc()
    metrics.exceptions_by_view.labels(view_of(request)).inc()


def view_of(request: HttpRequest) -> str:
    """Return the template of the route, which has no customer's words in it; never the path."""
    match = request.resolver_match
    return match.route if match else UNNAMED
