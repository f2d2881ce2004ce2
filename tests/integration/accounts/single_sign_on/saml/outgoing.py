"""Requests of the platform to this machine, as operators can allow them (WORKIX_OUTGOING_NETWORKS)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any

from django.conf import settings
from django.test import override_settings

from accounts.single_sign_on.saml import discovery


@contextmanager
def loopback_allowed() -> Iterator[None]:
    allowed = settings.WORKIX.model_copy(update={"outgoing_networks": (ip_network("127.0.0.0/8"),)})
    discovery.forget_all()
    with override_settings(WORKIX=allowed):
        yield
    discovery.forget_all()


class Published:
    """What a provider publishes at an address of this machine, and how often it was asked for."""

    def __init__(self, document: bytes) -> None:
        self.document, self.status, self.asked, self.address = document, 200, 0, ""


@contextmanager
def published(document: bytes) -> Iterator[Published]:
    """Publish metadata at a loopback port."""
    said = Published(document)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said.asked += 1
            self.send_response(said.status)
            self.send_header("Content-Length", str(len(said.document)))
            self.end_headers()
            self.wfile.write(said.document)

        def log_message(self, *args: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    said.address = f"http://127.0.0.1:{server.server_port}/metadata"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    with loopback_allowed():
        try:
            yield said
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
