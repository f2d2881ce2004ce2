"""Request middleware: fills Current, gives the request its id, counts it and writes the access log line."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from workix.api.problems import problem_of, problem_response
from workix.core.current import Context, Current
from workix.core.models import uuid7
from workix.observability.logging import write_access_line
from workix.web.client_address import came_over_tls, client_address

logger = logging.getLogger("workix.access")

_SANE_ID = re.compile(r"[A-Za-z0-9._-]{8,100}")


class RequestMiddleware:
    """The outermost middleware: knows the request before anybody decides anything, and sees every response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request.META["wsgi.url_scheme"] = "https" if came_over_tls(request) else "http"
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = given if _SANE_ID.fullmatch(given) else uuid7().hex
        with Current.fresh(
            request_id=request_id,
            ip_address=client_address(request),
            user_agent=_storable(request.META.get("HTTP_USER_AGENT", ""))[:500],
            device=request.META.get("HTTP_X_DEVICE_TOKEN") or request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""),
        ):
            response = self.get_response(request)
            _finish(response, request_id)
            seconds = time.perf_counter() - started
            _write_line(request, response, seconds)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse:
        """Answer what a view outside the API framework let through."""
        return problem_response(problem_of(error))


def _storable(text: str) -> str:
    """Take out what no database keeps: NUL and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _finish(response: HttpResponse, request_id: str) -> None:
    headers = response.headers
    headers["X-Request-ID"] = request_id
    if not response.streaming:
        headers.setdefault("Content-Length", str(len(response.content)))
    headers.setdefault("Cache-Control", "no-store")
    headers.setdefault("X-Frame-Options", "DENY")


def _write_line(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """One line a request. The path without its query, which may carry what should not be kept."""
    if not logger.isEnabledFor(logging.INFO):
        return
    context: Context = getattr(request, "context", Current.context)
    line = {
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "milliseconds": round(seconds * 1_000, 1),
        "ip_address": context.ip_address,
        "request_id": context.request_id,
        "actor": f"{context.actor.type}:{context.actor.id}" if context.actor.id else context.actor.type,
    }
    if context.organization is not None:
        line["organization"] = str(context.organization.id)
    write_access_line(logger, line)
