"""Request middleware: fills Current, gives the request its id, counts it and writes the access log line."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from workix.api.problems import problem_of, problem_response
from workix.core.current import Context, Current
from workix.core.models import uuid7
from workix.observability.logging import write_access_line
from workix.observability.logs.redaction import without_secrets
from workix.observability.request_metrics import INVALID, METHODS, UNNAMED, view_of
from workix.web.client_address import came_over_tls, client_address

logger = logging.getLogger("workix.access")

_SANE_ID = re.compile(r"[A-Za-z0-9._-]{8,100}")
#: W3C Trace Context, https://www.w3.org/TR/trace-context/#traceparent-header: version, trace, parent, flags, and, in a
#: later version, more.
_TRACE_PARENT = re.compile(r"(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?")
_LONGEST_AGENT = 500
_PROBES = ("health/live", "health/ready")


class RequestMiddleware:
    """The outermost middleware: knows the request before anybody decides anything, and sees every response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request.META["wsgi.url_scheme"] = "https" if came_over_tls(request) else "http"
        request_id = request_id_of(request)
        database: Any = connection  # our own backend, which counts
        before = (database.database_statements, database.database_seconds)
        with Current.fresh(
            request_id=request_id,
            **circumstances_of(request),
            device=request.META.get("HTTP_X_DEVICE_TOKEN") or request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""),
        ):
            response = self.get_response(request)
            _finish(response, request_id)
            seconds = time.perf_counter() - started
            queries, database_seconds = database.database_statements - before[0], database.database_seconds - before[1]
            _write_line(request, response, seconds, queries, database_seconds)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse:
        """Answer what a view outside the API framework let through."""
        return problem_response(problem_of(error))


def request_id_of(request: HttpRequest) -> str:
    """Return the id a client gives its request, where that is a sane one, else a new one."""
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    is_sane = _SANE_ID.fullmatch(given) and without_secrets(given) == given  # it is kept in logs and trails
    return given if is_sane else uuid7().hex


def circumstances_of(request: HttpRequest) -> dict[str, str]:
    """Say of a request what `Current` keeps of any: from where, by what, and in which trace."""
    return {
        "ip_address": client_address(request),
        "trace_id": _trace_of(request.META.get("HTTP_TRACEPARENT", "")),
        "user_agent": _storable_agent(request.META.get("HTTP_USER_AGENT", "")),
    }


@lru_cache(maxsize=256)
def _storable_agent(text: str) -> str:
    """Take out of a browser's name what no database keeps (NUL and lone surrogates), and what nobody should."""
    return str(without_secrets(text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")))[:_LONGEST_AGENT]


def _trace_of(header: str) -> str:
    """Return the trace a client names, 32 hexadecimal digits; "" where it names none. Version 00 has nothing at its end."""
    found = _TRACE_PARENT.fullmatch(header)
    return found[2] if found and not (found[1] == "00" and found[3]) else ""


def _finish(response: HttpResponse, request_id: str) -> None:
    headers = response.headers
    headers["X-Request-ID"] = request_id
    if not response.streaming:
        headers.setdefault("Content-Length", str(len(response.content)))
    headers.setdefault("Cache-Control", "no-store")
    headers.setdefault("X-Frame-Options", "DENY")


def _write_line(
    request: HttpRequest, response: HttpResponse, seconds: float, queries: int, database_seconds: float
) -> None:
    """One line a request, but none for a probe. The route and not the path, in which anything may stand."""
    if not logger.isEnabledFor(logging.INFO) or (route := _route(request)) in _PROBES:
        return
    context: Context = getattr(request, "context", Current.context)
    line = {
        "method": request.method if request.method in METHODS else INVALID,
        "route": route,
        "status": response.status_code,
        "ms": round(seconds * 1_000, 1),
        "queries": queries,
        "db_ms": round(database_seconds * 1_000, 1),
        "bytes": _length(request, response),
        **whose(context),
    }
    write_access_line(logger, line)


def whose(context: Context) -> dict[str, Any]:
    """Say in a log line of whom a request was: from where, in which trace, of which organization, and who asked."""
    actor = context.actor
    return {
        "ip_address": context.ip_address,
        "request_id": context.request_id,
        "trace_id": context.trace_id or None,
        "organization": str(context.organization.id) if context.organization else None,
        "actor_type": actor.type,
        "actor_id": str(actor.id) if actor.id else None,
    }


def _length(request: HttpRequest, response: HttpResponse) -> int | None:
    """Return how many bytes the body has; nobody knows how long a stream is."""
    if request.method == "HEAD":
        return 0
    length = response.headers.get("Content-Length")
    return int(length) if length else None


def _route(request: HttpRequest) -> str:
    """Return the template of the route, also where a middleware answered before Django looked for it."""
    if request.resolver_match is not None:
        return view_of(request)
    if request.path.startswith(settings.STATIC_URL):
        return "static/<path>"
    try:
        return resolve(request.path_info, getattr(request, "urlconf", None)).route
    except Resolver404:
        return UNNAMED
