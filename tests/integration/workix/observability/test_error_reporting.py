"""Bugs reach the Sentry that the operator named; refusals, passwords and whatever belongs to a request do not."""

from __future__ import annotations

import gzip
import json
import logging
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import ModuleType
from typing import Any

import pytest
import sentry_sdk
from django.http import HttpRequest, HttpResponse
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tests.cast import PASSWORD, Api, Cast
from workix.core.current import Current
from workix.core.errors import Denied
from workix.core.permissions import OPEN
from workix.observability.error_reporting import report_errors

pytestmark = pytest.mark.requirement("S31", "S79")

TOKEN = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl"
ID = "0123456789abcdef"


class Collector(HTTPServer):
    """Receives what Sentry's library sends."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Receiving)
        self.sent: list[str] = []

    @property
    def dsn(self) -> str:
        return f"http://public@127.0.0.1:{self.server_port}/1"

    def events(self) -> list[dict[str, Any]]:
        sentry_sdk.flush(10)
        return [event for envelope in self.sent for event in events_of(envelope.encode())]


def events_of(envelope: bytes) -> Iterator[dict[str, Any]]:
    """Take an envelope apart: a line of its own, then items, each a line that says its type and length, and what follows.

    Source: https://develop.sentry.dev/sdk/foundations/envelopes/
    """
    first, _, rest = envelope.partition(b"\n")
    assert isinstance(json.loads(first), dict)
    while rest:
        line, _, rest = rest.partition(b"\n")
        item = json.loads(line)
        length = item.get("length", rest.find(b"\n"))
        payload, rest = rest[:length], rest[length:].removeprefix(b"\n")
        assert item["type"] == "event", "Only bugs are reported."
        yield json.loads(payload)


class _Receiving(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.sent.append(
            (gzip.decompress(body) if self.headers["Content-Encoding"] == "gzip" else body).decode()
        )
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named so by the library
        """Say nothing."""


@pytest.fixture
def collector(caplog: pytest.LogCaptureFixture) -> Iterator[Collector]:
    caplog.set_level(logging.INFO)  # tests log nothing otherwise, and what is not logged is not reported
    with Collector() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        report_errors(server.dsn, release="workix@1.2.3", environment="test")
        yield server
        sentry_sdk.get_client().close()
        sentry_sdk.get_isolation_scope().clear()  # what was said on the way is nothing for the next test
        sentry_sdk.get_global_scope().set_client(None)
        server.shutdown()
        thread.join(10)


class FailingLogIn(APIView):
    """A log-in with a bug in it, or one that refuses."""

    required_permissions = {"post": OPEN}
    authentication_classes = ()

    def post(self, request: Request) -> Response:
        password, session = request.data["password"], TOKEN
        logging.getLogger("workix.test").warning("before: %s", session)
        if request.data.get("refuse"):
            raise Denied("Not you.")
        raise RuntimeError(f"can't open a session with {session} ({len(password)} characters)")


def plain(request: HttpRequest) -> HttpResponse:
    password = request.POST["password"]
    raise KeyError(f"{len(password)} characters")


@pytest.fixture
def failing(settings: Any) -> Iterator[None]:
    module = ModuleType("tests_failing_urls")
    module.urlpatterns = [path("api/v1/failing/", FailingLogIn.as_view()), path("plain/", plain)]  # type: ignore[attr-defined]  # a module made here
    module.handler404 = module.handler500 = "django.views.defaults.server_error"  # type: ignore[attr-defined]  # and this
    sys.modules[module.__name__] = module
    settings.ROOT_URLCONF = module.__name__
    yield
    del sys.modules[module.__name__]


def ask(refuse: bool = False, host: str = "localhost") -> int:
    """Log in with everything a request can carry."""
    body = {"email": "alice@acme.example", "password": PASSWORD, "refuse": refuse}
    more = {"Cookie": "workix=cookie-of-alice", "User_Agent": "browser-of-alice", "X_Request_ID": ID}
    return Api(host=host).post("failing/?token=query-of-alice", body, **more).status


def test_a_bug_is_reported_with_its_request_and_organization_and_without_any_secret(
    collector: Collector, failing: None, acme: Cast
) -> None:
    assert ask(host=acme.host) == 500
    (event,) = collector.events()
    (error,) = event["exception"]["values"]
    assert (error["type"], error["value"]) == ("RuntimeError", "can't open a session with [redacted] (28 characters)")
    assert (event["release"], event["environment"], event["level"]) == ("workix@1.2.3", "test", "error")
    assert event["tags"] == {
        "request_id": ID,
        "organization": str(acme.organization.id),
        "logger": "workix.problems",
    }
    assert error["stacktrace"]["frames"][-1]["function"] == "post"
    assert [frame for frame in error["stacktrace"]["frames"] if "vars" in frame] == []
    assert [crumb["message"] for crumb in event["breadcrumbs"]["values"]] == ["before: [redacted]"]


def test_neither_password_nor_anything_of_the_request_ever_leaves(
    collector: Collector, failing: None, acme: Cast
) -> None:
    assert ask() == 500
    collector.events()
    (sent,) = collector.sent
    assert "RuntimeError" in sent
    secrets = (
        PASSWORD,
        TOKEN,
        "cookie-of-alice",
        "query-of-alice",
        "browser-of-alice",
        "alice@acme.example",
        "127.0.0.1",
    )
    assert [secret for secret in secrets if secret in sent.replace(collector.dsn, "")] == []


def test_a_bug_outside_the_api_framework_is_reported_too(collector: Collector, failing: None, acme: Cast) -> None:
    from django.test import Client

    answer = Client(raise_request_exception=False, headers={"Host": "localhost"}).post(
        "/plain/", {"password": PASSWORD}
    )
    (event,) = collector.events()
    assert (answer.status_code, event["exception"]["values"][-1]["type"], PASSWORD in collector.sent[0]) == (
        500,
        "KeyError",
        False,
    )


def test_a_refusal_is_an_answer_and_no_bug(collector: Collector, failing: None, acme: Cast) -> None:
    assert ask(refuse=True) == 403
    logging.getLogger("workix.test").error("refused", exc_info=Denied("Not you."))
    assert collector.events() == []


def test_news_without_an_exception_are_for_the_log(collector: Collector) -> None:
    logging.getLogger("workix.problems").error("database.unavailable")
    assert collector.events() == []


def test_a_password_in_an_exception_s_own_words_is_all_that_redaction_can_not_know(collector: Collector) -> None:
    logging.getLogger("workix.test").error(
        "failed",
        exc_info=ValueError(f"postgresql://owner:{PASSWORD.replace(' ', '-')}@db/workix"),
        extra={"password": PASSWORD},
    )
    (event,) = collector.events()
    assert (event["exception"]["values"][0]["value"], PASSWORD in collector.sent[0], "extra" in event) == (
        "postgresql://[redacted]@db/workix",
        False,
        False,
    )


def test_a_tracker_that_is_gone_costs_no_request(collector: Collector, failing: None, acme: Cast) -> None:
    collector.server_close()
    assert [ask(), ask()] == [500, 500]


def test_a_report_names_the_trace_it_happened_in(collector: Collector) -> None:
    trace_id = "0af7651916cd43dd8448eb211c80319c"
    with Current.scoped(trace_id=trace_id):
        logging.getLogger("workix.test").error("failed", exc_info=ValueError("bug"))
    (event,) = collector.events()
    assert event["tags"] == {"trace_id": trace_id, "logger": "workix.test"}


def test_where_neither_errors_nor_traces_are_sent_no_library_for_it_is_loaded() -> None:
    import subprocess

    looked = (
        "import django, sys; django.setup(); import tenants.jobs.job, workix.web.outgoing;"
        "print(sorted(each for each in sys.modules if each.partition('.')[0] in ('sentry_sdk', 'opentelemetry')"
        " or each.startswith('workix.observability.tracing.')))"
    )
    said = subprocess.run([sys.executable, "-c", looked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
