"""Requests are counted once, under labels we wrote, and only in the series that are wanted."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.urls import resolve
from prometheus_client import REGISTRY

from tests.metrics import Change
from workix.observability.request_metrics import WANTED, AfterMiddleware, BeforeMiddleware

pytestmark = pytest.mark.requirement("S29")

RESPONSES = "django_http_responses_total_by_status_view_method_total"
LATENCY = "django_http_requests_latency_seconds_by_view_method"
BODIES = "django_http_responses_body_total_bytes"
ME = "/api/v1/me/"


def middleware(response: HttpResponseBase, match: Any) -> BeforeMiddleware:
    def answer(request: HttpRequest) -> HttpResponseBase:
        request.resolver_match = match
        return response

    return BeforeMiddleware(answer)


def ask(path: str, match: Any, response: HttpResponseBase | None = None, *, method: str = "GET") -> None:
    middleware(response or HttpResponse("twelve bytes"), match)(RequestFactory().generic(method, path))


def labels(view: str, status: int = 200, method: str = "GET", transport: str = "http") -> dict[str, str]:
    return {"view": view, "status": str(status), "method": method, "transport": transport}


def test_a_request_is_counted_and_timed_by_view_method_and_status() -> None:
    view = {"view": "api/v1/me/", "method": "GET"}
    with (
        Change(RESPONSES, **labels("api/v1/me/")) as fine,
        Change(RESPONSES, **labels("api/v1/me/", 404)) as refused,
        Change(f"{LATENCY}_count", **view) as timed,
        Change(f"{LATENCY}_bucket", **view, le="10.0") as quick,
        Change(f"{BODIES}_count") as bodies,
        Change(f"{BODIES}_sum") as bytes_,
    ):
        for response in (HttpResponse("twelve bytes"), HttpResponse(), HttpResponse(status=404)):
            ask(ME, resolve(ME), response)
    assert (fine.by, refused.by, timed.by, quick.by, bodies.by, bytes_.by) == (2, 1, 3, 3, 3, 12)


def test_a_request_over_tls_is_counted_as_such() -> None:
    with Change(RESPONSES, **labels("api/v1/me/", transport="https")) as change:
        middleware(HttpResponse(), resolve(ME))(RequestFactory().get(ME, secure=True))
    assert change.by == 1


def test_a_body_that_streams_is_not_measured() -> None:
    with Change(RESPONSES, **labels("api/v1/me/")) as counted, Change(f"{BODIES}_count") as bodies:
        ask(ME, resolve(ME), StreamingHttpResponse(iter(())))
    assert (counted.by, bodies.by) == (1, 0)


def test_methods_somebody_made_up_are_one_series() -> None:
    once = middleware(HttpResponse(status=405), None)
    with Change(RESPONSES, **labels("<unnamed view>", 405, "<invalid method>")) as change:
        for number in range(50):
            once(RequestFactory().generic(f"EVIL{number}", "/"))
    assert (change.by, len(once._counters)) == (50, 0)


def test_the_view_is_the_template_of_the_route_and_never_the_path() -> None:
    path = "/api/v1/users/0190a7c5-0000-7000-8000-000000000000/"
    with Change(RESPONSES, **labels(resolve(path).route)) as change:
        ask(path, resolve(path))
    assert (change.by, "0190a7c5" in resolve(path).route) == (1, False)


def test_what_leads_nowhere_is_counted_without_its_path() -> None:
    with Change(RESPONSES, **labels("<unnamed view>", 404)) as change:
        ask("/wp-admin/setup.php?step=1", None, HttpResponse(status=404))
    assert change.by == 1


def test_an_exception_is_counted_by_its_type_and_by_its_view_and_goes_on() -> None:
    request = RequestFactory().get(ME)
    request.resolver_match = resolve(ME)
    after = AfterMiddleware(lambda request: HttpResponse())
    with (
        Change("django_http_exceptions_total_by_type_total", type="ZeroDivisionError") as by_type,
        Change("django_http_exceptions_total_by_view_total", view="api/v1/me/") as by_view,
    ):
        assert after.process_exception(request, ZeroDivisionError()) is None  # type: ignore[func-returns-value]
    assert (by_type.by, by_view.by) == (1, 1)


def test_only_the_wanted_series_are_registered() -> None:
    middleware(HttpResponse(), None)  # the first one registers them
    registered = {family.name for family in REGISTRY.collect() if family.name.startswith("django_http_")}
    assert registered == WANTED


def test_the_one_is_the_outermost_middleware_and_the_other_the_innermost() -> None:
    assert (settings.MIDDLEWARE[0], settings.MIDDLEWARE[-1]) == tuple(
        f"{each.__module__}.{each.__qualname__}" for each in (BeforeMiddleware, AfterMiddleware)
    )
