"""Cardinality: whatever paths, hosts and methods requests come with, the number of series stays what it was."""

from __future__ import annotations

from functools import cache
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve
from prometheus_client import REGISTRY, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from gateway.grpc.methods import METHODS as OVER_GRPC
from workix.observability import request_metrics
from workix.observability.request_metrics import AfterMiddleware, BeforeMiddleware

pytestmark = pytest.mark.requirement("S29")

#: Whatever comes from outside has this in it, and no label may.
STRANGE = "evil"
#: Paths that lead to a view and paths that lead nowhere; so many that no method is always beside the same path.
PATHS = (
    "/api/v1/users/{id}/",
    "/api/v1/quotas/evil-{number}/",
    "/api/v1/audit/{id}/",
    "/api/v1/me/",
    "/health/live",
    "/evil/{number}/{id}.php",
    "/api/v1/users/evil{number}/",
    '/evil"}} 1\nworkix_evil{{a="{number}/',
    "/evil\x00{number}",
    "/evil\N{SNOWMAN}\N{RIGHT-TO-LEFT OVERRIDE}{number}",
    "/evil" + "a" * 8_000 + "{number}",
)
METHODS = (
    "GET",
    "POST",
    "DELETE",
    "EVIL{number}",
    "GET\nevil{number}",
    "evil\x00{number}",
    "evil" * 2_000 + "{number}",
)


@cache
def match_of(template: str) -> ResolverMatch | None:
    """Resolve one path of this kind, and believe it of all: ten thousand take seconds."""
    try:
        return resolve(template.format(number=7, id=UUID(int=7)))
    except Resolver404:
        return None


def requested(number: int) -> HttpRequest:
    """Make the request of this number: another path, host, address and method than any other."""
    template = PATHS[number % len(PATHS)]
    path = template.format(number=number, id=UUID(int=number))
    request = HttpRequest()
    request.resolver_match = match_of(template)
    request.path = request.path_info = path
    request.method = METHODS[number % len(METHODS)].format(number=number)
    request.META = {"HTTP_HOST": f"evil{number}.example", "wsgi.url_scheme": f"evil{number}", "PATH_INFO": path}
    return request


def answer(request: HttpRequest) -> HttpResponse:
    """Answer, after a fault of the view: whatever leads nowhere has no match."""
    if request.resolver_match is None:
        return HttpResponse(status=404)
    AfterMiddleware(lambda _: HttpResponse()).process_exception(request, KeyError(request.path))
    return HttpResponse()


def series() -> int:
    return sum(len(family.samples) for family in REGISTRY.collect())


@pytest.fixture
def middleware() -> BeforeMiddleware:
    return BeforeMiddleware(answer)


def test_ten_thousand_paths_hosts_and_methods_are_no_more_series_than_a_hundred(middleware: BeforeMiddleware) -> None:
    for number in range(100):
        middleware(requested(number))
    after_a_hundred = series(), len(middleware._counters)
    for number in range(100, 10_000):
        middleware(requested(number))
    assert (series(), len(middleware._counters)) == after_a_hundred
    assert len(middleware._counters) < len(PATHS) * len(METHODS)


def test_no_label_has_anything_that_came_from_outside(middleware: BeforeMiddleware) -> None:
    for number in range(len(PATHS) * len(METHODS)):
        middleware(requested(number))
    page = generate_latest(REGISTRY).decode()
    samples = [sample for family in text_string_to_metric_families(page) for sample in family.samples]
    assert [sample for sample in samples if STRANGE in str(sample.labels).lower()] == []
    methods = [sample for sample in samples if "method" in sample.labels]
    over_grpc = {sample.labels["method"] for sample in methods if sample.name.startswith("workix_grpc_")}
    assert over_grpc <= OVER_GRPC.keys(), "what another test called in this process"
    over_http = {sample.labels["method"] for sample in methods if not sample.name.startswith("workix_grpc_")}
    assert over_http <= {*request_metrics.METHODS, request_metrics.INVALID}
