"""Traces reach the receiver that the operator named; nothing else leaves with them, and no request waits for it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from ipaddress import ip_network
from types import ModuleType
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from opentelemetry.sdk.trace.export import SpanExportResult

from tenants.jobs.platform_task import platform_task
from tenants.jobs.tenant_task import tenant_task
from tenants.scope import use_platform, use_tenant
from tests.acts import rows
from tests.cast import PASSWORD, Api, Cast, api_of
from tests.integration.webhooks import receiver as webhooks
from tests.servers import PATIENCE_SECONDS, wait_for
from tests.telemetry.otlp import OtlpReceiver, Received, receiving
from workix import __version__
from workix.config.secrets import Secret
from workix.core.current import Current
from workix.observability import tracing
from workix.observability.tracing import recording
from workix.observability.tracing.recording import TRACING
from workix.web.outgoing import OutgoingError, fetch

pytestmark = pytest.mark.requirement("S31", "S79")

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
CANARIES = {
    "path": "canary-in-the-path",
    "query": "canary-in-the-query",
    "body": "canary-in-the-body",
    "cookie": "canary-in-a-cookie",
    "header": "canary-in-a-header",
    "agent": "canary-in-the-agent",
    "state": "canary-in-tracestate",
    "baggage": "canary-in-the-baggage",
    "id": "wxk_canaryinthe0request0id",
    "password": PASSWORD,
    "job": "canary-in-a-job",
    "person": "alice@acme.example",
    "hook": "canary-in-a-hook",
}
seen: list[str] = []


@platform_task("tests.traced")
def ask(word: str) -> None:
    with use_platform(), connection.cursor() as cursor:
        cursor.execute("SELECT %s", [word])
    seen.append(Current.context.trace_id)


@tenant_task("tests.traced_and_failing", queue="tests")
def fail(word: str) -> None:
    raise ZeroDivisionError(word)


def view(request: HttpRequest, word: str) -> HttpResponse:
    """Do what requests do, with everything that came: ask the database, call somebody's server, enqueue, and fail."""
    seen.append(f"{word} {request.GET} {request.body!r} {request.META} {request.COOKIES}")
    seen.append(tracing.current_trace_id())
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s, 'literal-canary'", [word])
    ask.enqueue(word=CANARIES["job"])
    with pytest.raises(OutgoingError):
        fetch(f"http://127.0.0.1:1/{CANARIES['hook']}?token={CANARIES['hook']}", headers={"X-Key": CANARIES["hook"]})
    raise RuntimeError(f"{word} and {CANARIES['body']}")


@pytest.fixture
def receiver(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[OtlpReceiver]:
    """Send all traces to a receiver of the test's, as a web process does that is in no hurry."""
    seen.clear()
    for name in ("EXPORT_SECONDS", "FLUSH_SECONDS"):
        monkeypatch.setattr(recording, name, PATIENCE_SECONDS)
    module = ModuleType("tests_traced_urls")
    module.urlpatterns = [path("traced/<str:word>/", view)]  # type: ignore[attr-defined]  # a module made here
    module.handler404 = module.handler500 = "django.views.defaults.server_error"  # type: ignore[attr-defined]  # and this
    sys.modules[module.__name__] = module
    with receiving() as server:
        told = {
            "otlp_endpoint": server.url,
            "otlp_headers": Secret("authorization=Bearer%20collector"),
            "trace_ratio": 1.0,
        }
        allowed = {"outgoing_networks": (ip_network("127.0.0.0/8"),)}
        settings.WORKIX = settings.WORKIX.model_copy(update={**told, **allowed})
        settings.MIDDLEWARE = ["workix.observability.tracing.middleware.TracingMiddleware", *settings.MIDDLEWARE]
        tracing.start("web")
        yield server
        server.answers.set()
        tracing.stop()
    del sys.modules[module.__name__]


def received(server: OtlpReceiver) -> list[Received]:
    tracing.stop()
    return server.spans()


def test_a_request_is_one_span_of_templates_ids_and_sums(acme: Cast, receiver: OtlpReceiver) -> None:
    asked = api_of(acme, "alice").get(f"users/{acme.people['bob'].id}/?fields=email", X_Request_ID="0123456789")
    Api().get("/health/live")
    (span,) = received(receiver)
    milliseconds = span.attributes.pop("workix.database.milliseconds")
    statements = span.attributes.pop("workix.database.statements")
    assert (asked.status, milliseconds > 0, statements > 0) == (200, True, True)
    assert (span.name, span.kind, span.status, span.parent_id, span.links) == (
        "GET api/v1/users/<uuid:pk>/",
        "SERVER",
        "UNSET",
        "",
        [],
    )
    assert span.attributes == {
        "http.request.method": "GET",
        "http.route": "api/v1/users/<uuid:pk>/",
        "http.response.status_code": 200,
        "url.scheme": "http",
        "workix.request.id": "0123456789",
        "workix.organization.id": str(acme.organization.id),
    }
    environment = {"service.name": "workix-web", "service.version": __version__, "deployment.environment.name": "test"}
    assert span.resource == environment
    assert receiver.headers[0]["authorization"] == "Bearer collector"


def test_no_secret_that_came_in_any_way_is_in_any_byte_that_leaves(
    acme: Cast, receiver: OtlpReceiver, settings: Any, run_jobs: Callable[[], None]
) -> None:
    settings.ROOT_URLCONF = "tests_traced_urls"
    body = {"password": PASSWORD, "note": CANARIES["body"], "email": CANARIES["person"]}
    headers = {
        "Cookie": f"workix={CANARIES['cookie']}",
        "X_Api_Key": CANARIES["header"],
        "User_Agent": CANARIES["agent"],
        "traceparent": f"00-{TRACE}-{PARENT}-01",
        "tracestate": f"vendor={CANARIES['state']}",
        "baggage": f"who={CANARIES['baggage']}",
        "X_Request_ID": CANARIES["id"],
    }
    answer = Api(host=acme.host).post(f"/traced/{CANARIES['path']}/?token={CANARIES['query']}", body, **headers)
    with use_tenant(acme.organization):
        fail.enqueue(word=CANARIES["job"])
    run_jobs()
    spans, sent = received(receiver), b"".join(receiver.bodies)
    assert answer.status == 500
    assert [canary for name, canary in CANARIES.items() if name not in ("job", "hook") and canary not in seen[0]] == []
    assert [canary for canary in (*CANARIES.values(), "literal-canary", acme.host) if canary.encode() in sent] == []
    assert {each.name: each.attributes.get("error.type") for each in spans} == {
        "POST traced/<str:word>/": "500",
        "GET": "OutgoingError",
        "job tests.traced": None,
        "job tests.traced_and_failing": "ZeroDivisionError",
    }


def test_of_a_caller_the_id_of_the_trace_is_taken_and_nothing_else(
    acme: Cast, receiver: OtlpReceiver, settings: Any, run_jobs: Callable[[], None]
) -> None:
    """And the job, which has a trace of its own, has a link to it."""
    settings.ROOT_URLCONF = "tests_traced_urls"
    Api(host=acme.host).get("/traced/x/", traceparent=f"00-{TRACE}-{PARENT}-00", tracestate="vendor=1")
    run_jobs()
    request, call, job = received(receiver)
    assert (request.trace_id, request.parent_id, call.trace_id, call.parent_id) == (
        TRACE,
        PARENT,
        TRACE,
        request.span_id,
    )
    assert (job.links, job.parent_id, job.kind) == ([TRACE], "", "CONSUMER")
    assert seen[1:] == [TRACE, job.trace_id]
    assert (job.trace_id != TRACE, b"vendor" in b"".join(receiver.bodies)) == (True, False)


@pytest.mark.parametrize(
    "given", ["nonsense", f"00-{'0' * 32}-{PARENT}-01", f"00-{TRACE}-{PARENT}-01\x00", "é" * 9_000]
)
def test_a_traceparent_that_is_none_begins_a_trace_of_ours(given: str, acme: Cast, receiver: OtlpReceiver) -> None:
    answer = Api().get("sign-up/", traceparent=given)
    (span,) = received(receiver)
    assert (answer.status, span.parent_id, span.trace_id not in ("0" * 32, TRACE)) == (404, "", True)


def test_a_method_somebody_made_up_names_no_span(acme: Cast, receiver: OtlpReceiver) -> None:
    Api().call("HUNTER2", "organizations/")
    (span,) = received(receiver)
    assert (span.name, span.attributes["http.request.method"]) == ("HTTP api/v1/organizations/", "_OTHER")


def test_whom_we_call_is_told_nothing_of_the_trace(receiver: OtlpReceiver, settings: Any) -> None:
    traced = settings.WORKIX
    with (
        webhooks.receiving() as others,
        override_settings(WORKIX=traced),
        TRACING.tracer.start_as_current_span("a job"),
    ):
        answer = fetch(others.url, method="POST", body=b"{}")
    (headers, _), (_, call) = others.got[0], received(receiver)
    assert [name for name in headers if "trace" in name or "baggage" in name] == []
    assert (answer.status, call.kind, call.attributes["http.response.status_code"]) == (204, "CLIENT", 204)


def test_where_nothing_is_traced_a_job_keeps_nothing_of_it(acme: Cast) -> None:
    ask.enqueue(word="untraced")
    ((arguments,),) = rows("SELECT args FROM procrastinate_jobs")
    assert arguments == {"word": "untraced", "request_id": ""}
    assert (tracing.current_trace_id(), tracing.stop()) == ("", None)


def test_a_receiver_that_takes_nothing_holds_up_neither_a_request_nor_the_end(
    acme: Cast, receiver: OtlpReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "FLUSH_SECONDS", 0.1)
    receiver.answers.clear()
    assert [Api().get("sign-up/").status for _ in range(3)] == [404] * 3
    tracing.stop()
    assert (receiver.asked.wait(PATIENCE_SECONDS), receiver.bodies) == (True, [])
    receiver.answers.set()
    wait_for(lambda: receiver.bodies or None)  # or what is left of it would speak up in another test


def test_more_spans_than_may_wait_push_out_the_oldest(receiver: OtlpReceiver) -> None:
    receiver.answers.clear()
    for number in range(recording.MOST_WAITING + 2 * recording.MOST_AT_ONCE):
        TRACING.tracer.start_span(str(number)).end()
    receiver.answers.set()
    names = [each.name for each in received(receiver)]
    assert (len(names) <= recording.MOST_WAITING + recording.MOST_AT_ONCE, names[-1]) == (True, str(number))


def test_that_a_receiver_is_down_is_said_once_and_so_is_that_it_is_back(
    receiver: OtlpReceiver, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    exporter = recording.Exporter(endpoint=f"{receiver.url}/v1/traces", timeout=PATIENCE_SECONDS)
    receiver.takes = False
    down = [exporter.export([]) for _ in range(2)]
    receiver.takes = True
    back = [exporter.export([]) for _ in range(2)]
    assert (down, back) == ([SpanExportResult.FAILURE] * 2, [SpanExportResult.SUCCESS] * 2)
    assert [line.message for line in caplog.records if line.levelno >= logging.WARNING] == [
        "tracing.receiver_is_down",
        "tracing.receiver_is_back",
    ]
