"""The outermost middleware: the request's id, its circumstances, the headers of every answer, one line in the log."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from workix.core.current import Actor, Context, Current
from workix.core.errors import NotFound
from workix.observability.logging import ACCESS_LINE
from workix.web.request import RequestMiddleware

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
TRACE_PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"


class Seen:
    """A view that remembers in which circumstances it was called."""

    def __init__(self, answer: Callable[[], HttpResponseBase] = lambda: HttpResponse(b"fine")) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> Any:
        self.context = Current.context
        return self.answer()


def line_of(caplog: pytest.LogCaptureFixture) -> dict[str, Any]:
    (record,) = caplog.records
    return dict(vars(record)[ACCESS_LINE])


def ask(view: Seen, path: str = "/x/?token=secret", **headers: str) -> HttpResponse:
    return RequestMiddleware(view)(RequestFactory().get(path, headers=headers))


@pytest.mark.parametrize("sane", ["0123456789abcdef", "a.b_c-d0", "A" * 100])
def test_a_sane_request_id_is_kept_and_sent_back(sane: str) -> None:
    view = Seen()
    answer = ask(view, x_request_id=sane)
    assert (answer["X-Request-ID"], view.context.request_id) == (sane, sane)


@pytest.mark.parametrize(
    "insane", ["", "short", "a" * 101, "with space", "new\nline-1234", "'; DROP--1234", "ümlaut-1234"]
)
def test_any_other_request_id_is_replaced(insane: str) -> None:
    answer = ask(Seen(), x_request_id=insane)
    assert uuid.UUID(answer["X-Request-ID"]).version == 7


def test_a_view_knows_address_and_browser_and_nothing_of_what_was_before() -> None:
    view = Seen()
    with Current.fresh(actor=Actor("system")):
        ask(view, user_agent="a" * 600, x_request_id="0123456789")
    assert view.context == Context(request_id="0123456789", ip_address="127.0.0.1", user_agent="a" * 500)


def test_what_no_database_can_keep_is_taken_out_of_a_browsers_name() -> None:
    view = Seen()
    ask(view, user_agent="a\x00b\ud800c🙂\\'\"")
    assert view.context.user_agent == "ab?c🙂\\'\""


def test_every_answer_carries_the_safe_headers_unless_it_knows_better() -> None:
    answer = ask(Seen(lambda: HttpResponse(b"fine", headers={"Cache-Control": "public"})), x_request_id="0123456789")
    assert dict(answer.headers) == {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "public",
        "X-Request-ID": "0123456789",
        "Content-Length": "4",
        "X-Frame-Options": "DENY",
    }
    assert ask(Seen())["Cache-Control"] == "no-store"


def test_a_stream_has_no_length() -> None:
    answer = ask(Seen(lambda: StreamingHttpResponse([b"a", b"b"])))
    assert ("Content-Length" in answer.headers, b"".join(answer)) == (False, b"ab")


@pytest.mark.requirement("S22")
def test_a_request_is_one_line_without_its_query(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "workix.access")
    ask(Seen(lambda: HttpResponse(b"gone", status=404)), x_request_id="0123456789", traceparent=TRACE_PARENT)
    line = line_of(caplog)
    assert line.pop("ms") >= 0
    assert line == {
        "method": "GET",
        "route": "<unnamed view>",
        "status": 404,
        "queries": 0,
        "db_ms": 0.0,
        "bytes": 4,
        "ip_address": "127.0.0.1",
        "request_id": "0123456789",
        "trace_id": TRACE,
        "organization": None,
        "actor_type": "anonymous",
        "actor_id": None,
    }


@pytest.mark.requirement("S22")
@pytest.mark.parametrize(
    ("path", "routes"),
    [
        ("/health/live", []),
        ("/health/other", ["<unnamed view>"]),
        ("/api/v1/users/01890a5d-ac96-774b-bcce-b302099a8057/", ["api/v1/users/<uuid:pk>/"]),
        ("/static/a/b.css", ["static/<path>"]),
        ("/reset-password/?token=secret", ["reset-password/"]),
    ],
)
def test_a_line_names_the_route_also_of_what_was_refused_early_and_a_probe_has_none(
    path: str, routes: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "workix.access")
    ask(Seen(), path)
    assert [vars(record)[ACCESS_LINE]["route"] for record in caplog.records] == routes


def test_what_no_line_should_hold_is_no_request_id_method_or_browser(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "workix.access")
    view, key = Seen(), "wxk_" + "A" * 65
    RequestMiddleware(view)(RequestFactory().generic(key, "/", headers={"X-Request-ID": key, "User-Agent": f"x {key}"}))
    assert (line_of(caplog)["method"], view.context.user_agent) == ("<invalid method>", "x [redacted]")
    assert key not in str(line_of(caplog))


@pytest.mark.parametrize(
    ("header", "trace"),
    [
        (f"00-{TRACE}-00f067aa0ba902b7-01", TRACE),
        (f"01-{TRACE}-00f067aa0ba902b7-01-more", TRACE),
        (f"00-{TRACE}-00f067aa0ba902b7-01-more", ""),
        (f"ff-{TRACE}-00f067aa0ba902b7-01", ""),
        (f"00-{'0' * 32}-00f067aa0ba902b7-01", ""),
        (f"00-{TRACE}-{'0' * 16}-01", ""),
        (f"00-{TRACE.upper()}-00f067aa0ba902b7-01", ""),
        ("wxk_secret", ""),
    ],
)
def test_only_a_well_formed_trace_is_taken_over(header: str, trace: str) -> None:
    view = Seen()
    ask(view, traceparent=header)
    assert view.context.trace_id == trace


def test_the_line_says_who_acted_and_for_whom(caplog: pytest.LogCaptureFixture) -> None:
    class Acme:
        id = uuid.UUID(int=7)

    def answer(request: HttpRequest) -> HttpResponse:
        actor = Actor("person", uuid.UUID(int=1))
        request.context = Context(organization=Acme, actor=actor)  # type: ignore[arg-type,attr-defined]  # a stand-in
        return HttpResponse()

    caplog.set_level(logging.INFO, "workix.access")
    RequestMiddleware(answer)(RequestFactory().get("/"))
    line = line_of(caplog)
    said = (line["actor_type"], line["actor_id"], line["organization"])
    assert said == ("person", str(uuid.UUID(int=1)), str(Acme.id))


def test_what_a_view_outside_the_framework_raises_is_answered_as_a_problem() -> None:
    answer = RequestMiddleware(Seen()).process_exception(RequestFactory().get("/"), NotFound())
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
