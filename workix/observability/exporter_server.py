"""Prometheus exporter of a job worker: an HTTP server in a thread, where no web server answers for it."""

from __future__ import annotations

import socket
import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.types import WSGIApplication


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
