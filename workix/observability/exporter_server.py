"""Prometheus exporter of a job worker, gRPC or MCP server: an HTTP server in a thread, where no web server answers for it."""

from __future__ import annotations

import socket
import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.management.base import CommandError
from prometheus_client import CollectorRegistry, Counter, make_wsgi_app

from workix.observability.exporter import Exporter
from workix.observability.process_metrics import keep_sampling


def show_metrics(process: str) -> None:
    """Answer Prometheus for this kind of process where there is an address for that; elsewhere the web server answers for it.

    :raises CommandError: when the address can't be used.
    """
    keep_sampling(process)
    if settings.METRICS["folder"] is not None:
        _serve_where_told(Exporter(**settings.METRICS))


def show_counter(counter: Counter) -> None:
    """Answer Prometheus with one counter of this process alone, where there is an address for that: it has no database.

    :raises CommandError: when the address can't be used.
    """
    alone = CollectorRegistry()
    alone.register(counter)
    _serve_where_told(make_wsgi_app(alone))


def _serve_where_told(application: WSGIApplication) -> None:
    bind = settings.WORKIX.worker_metrics_bind
    if bind:
        try:
            serve(bind, application)
        except OSError as error:
            raise CommandError(f"WORKIX_WORKER_METRICS_BIND: {bind} can't be used: {error.strerror}.") from error


def serve(bind: str, application: WSGIApplication) -> WSGIServer:
    """Answer at `bind` (host:port) in threads that end with the process.

    :raises OSError: when the address can't be used.
    """
    host, _, port = bind.rpartition(":")
    server_class = _Server6 if ":" in host else _Server
    server = server_class((host.strip("[]"), int(port)), _Handler)
    server.set_app(application)
    threading.Thread(target=server.serve_forever, name="metrics-server", daemon=True).start()
    return server


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Server6(_Server):
    address_family = socket.AF_INET6


class _Handler(WSGIRequestHandler):
    timeout = 5.0  # for whoever connects and says nothing

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named so by the library
        """Say nothing: a scrape is no news."""
