"""Prometheus exporter: /metrics for operators, on an address of its own, by django-prometheus' export view."""

# Note [Who may see the metrics]
# They are for operators, so they have an address of their own (WORKIX_METRICS_BIND), and what decides is the listener at
# which a connection came in. No header does: over TCP gunicorn takes SERVER_PORT from the listener. On a Unix socket it
# takes it from the Host header, which anybody may write; so the socket itself is looked at too. A request here meets no
# middleware: no organization, no session, no person.

from __future__ import annotations

import logging
import struct
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from http.client import responses
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django_prometheus.exports import ExportToDjangoView

from workix.api.problems import InternalError, problem_response
from workix.core.errors import NotFound
from workix.observability import multiprocess
from workix.observability.readings import ReadingsPage
from workix.observability.totals import totals

READ_AGAIN = 5

logger = logging.getLogger("workix.metrics")


@dataclass(frozen=True)
class Exporter:
    """A WSGI application that answers for every process that counts into `folder`."""

    folder: Path
    version: str

    def __call__(self, wsgi_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        response = self._answer(WSGIRequest(wsgi_environ))
        start_response(f"{response.status_code} {responses[response.status_code]}", list(response.items()))
        return [response.content]

    def export(self, request: HttpRequest) -> HttpResponse:
        """Write what was counted, its totals, and what is read now."""
        multiprocess.forget_the_dead(self.folder)
        response = _counted(request)
        counted = response.content.decode()
        response.content = counted + totals(counted) + self._readings.read()
        return response

    @cached_property
    def _readings(self) -> ReadingsPage:
        return ReadingsPage(self.version, self.folder)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if (request.method, request.path) != ("GET", "/metrics"):
            response = problem_response(NotFound())
        else:
            try:
                response = self.export(request)
            except Exception:
                logger.exception("metrics.scrape_failed")
                response = problem_response(InternalError())
        response["Content-Length"] = str(len(response.content))
        return response


def _counted(request: HttpRequest) -> HttpResponse:
    """Read the files of all processes; again, where one is being made at that moment and is still empty."""
    for _ in range(READ_AGAIN):
        with suppress(struct.error):
            return _export(request)
        time.sleep(0.01)
    return _export(request)


def _export(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = ExportToDjangoView(request)
    return response


def at_listener(bind: str, exporter: WSGIApplication, *, elsewhere: WSGIApplication) -> WSGIApplication:
    """Let `exporter` answer what comes in at the address `bind`. See Note [Who may see the metrics]."""
    port = bind.rpartition(":")[2]

    def dispatch(wsgi_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if wsgi_environ["SERVER_PORT"] == port and _came_in_at(port, wsgi_environ.get("gunicorn.socket")):
            return exporter(wsgi_environ, start_response)
        return elsewhere(wsgi_environ, start_response)

    return dispatch


def _came_in_at(port: str, connection: Any) -> bool:
    """Ask the connection itself for its local port; a Unix socket has none."""
    address = connection.getsockname() if connection is not None else None
    return isinstance(address, tuple) and str(address[1]) == port
