"""Canaries through every way in: found in no log, error answer, report, metric or entry of the trail."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import prometheus_client
import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tests.acts import rows
from tests.browsers import browser_of
from tests.cast import Api, Cast, api_of
from tests.integration.workix.observability.test_error_reporting import Collector, collector
from tests.security.canaries.canaries import CANARIES
from tests.security.canaries.watching import Log, leaks
from tests.security.canaries.ways_in import send, shown, together, ways

__all__ = ["collector"]
pytestmark = pytest.mark.requirement("S79")

#: Where a request is let in, and where it is not: an operation for each kind of fault.
PATH = "/api/v1/auth/login/"
PATHS = (
    PATH,
    "/api/v1/auth/second-factor/",
    "/api/v1/users/",
    "/api/v1/identity-providers/",
    "/api/v1/organization/policies/",
    "/admin/login/",
    "/sso/",
    "/nowhere/",
)
#: How often a request of each kind has its canary at least: in its query, body, cookies and headers.
HELD = {"form": 2, "bad JSON": 3, "all others": 10}


def quoting(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Fail, and quote all of a request: the bug that redaction is for."""
    headers, query = dict(request.headers), request.META["QUERY_STRING"]
    raise RuntimeError(f"at {request.path}?{query} with {headers}, {request.COOKIES}, {request.body!r}, {request.POST}")


@pytest.fixture
def failing(settings: Any) -> Iterator[None]:
    module = ModuleType("tests_quoting_urls")
    views = [path("quoting/", quoting), path("quoting/<path:rest>", quoting)]
    module.urlpatterns = views  # type: ignore[attr-defined]  # a module made here
    sys.modules[module.__name__] = module
    settings.ROOT_URLCONF = module.__name__
    yield
    del sys.modules[module.__name__]


def test_a_bug_that_quotes_a_request_shows_no_secret_in_log_report_or_answer(
    log: Log, collector: Collector, failing: None, acme: Cast
) -> None:
    answers = []
    for canary in CANARIES:
        for way in together(canary, "/quoting/"):
            log.raw.truncate(0)
            answers.append(send(way, host=acme.host))
            assert log.raw.getvalue().count(canary.core) >= HELD[way[0]], (canary, way[0])  # there is something to leak
    collector.events()
    assert ({answer.status_code for answer in answers}, len(collector.sent) > 80) == ({500}, True)
    sent = "\n".join(collector.sent)
    assert leaks({"log": log.written.getvalue(), "report": sent, "answer": "".join(map(shown, answers))}) == []


@pytest.mark.parametrize("name", ["vera", ""], ids=["who may not", "nobody"])
def test_a_refused_path_is_in_the_trail_without_what_it_names(name: str, acme: Cast) -> None:
    key, api = "wxk_" + "A" * 65, api_of(acme, name, host=acme.host) if name else Api("nonsense", acme.host)
    assert api.post(f"quotas/{key}/reservations/", {"amount": 1}).status in (401, 403)
    entries = str(rows("SELECT changes::text FROM audit_logs WHERE action = 'access.refused'", acme))
    assert (key in entries, "quotas/[redacted]/reservations/" in entries) == (False, True)


def test_what_comes_in_is_in_no_log_error_answer_metric_or_entry(log: Log, acme: Cast, alice: Api) -> None:
    said = [
        shown(send(way, host=acme.host, access=alice.access))
        for index, canary in enumerate(CANARIES)
        for number, way in enumerate(ways(canary, PATH))
        for other in [PATHS[(index + number) % len(PATHS)]]
        for way in [(*way[:2], way[2].replace(PATH, other), *way[3:])]
    ]
    page = browser_of(acme, "alice").get("/admin/audit/logentry/")
    entries = "SELECT to_jsonb(entry)::text FROM audit_logs AS entry ORDER BY entry.id"
    texts = {
        "log": log.written.getvalue(),
        "answers": "\n".join(said),
        "metrics": prometheus_client.generate_latest().decode(),
        "trail": str(rows(entries, acme)),
        "trail of the platform": str(rows(entries)),
        "dashboard": page.text,
    }
    assert page.status == 200
    assert [place for place, text in texts.items() if len(text) < 100] in ([], ["trail of the platform"])
    assert leaks(texts) == []
