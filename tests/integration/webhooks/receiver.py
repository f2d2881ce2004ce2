"""A receiver of webhooks on a loopback port, which answers what a test has it answer, and what tests do with it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any
from uuid import UUID

from django.test import override_settings
from django.utils import timezone

from tenants.scope import use_tenant
from tests.cast import Api, Cast
from tests.integration.tenants.trail.sequenced import sequence_all, write
from webhooks.delivery import deliver_waiting
from webhooks.models import WebhookEndpoint
from workix import settings


class Receiver:
    """Takes everything, or answers the statuses it was given, one after the other, and then takes everything."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.meanwhile: list[Any] = []

    def indexes(self) -> list[int]:
        """Say which entries came, in their order, those that were not taken among them."""
        return [json.loads(body)["data"]["index"] for _, body in self.got]

    def take(self, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        self.got.append(({name.lower(): value for name, value in headers.items()}, body))
        if self.meanwhile:
            self.meanwhile.pop(0)()
        return self.answers.pop(0) if self.answers else (204, {})


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run one on a loopback port, which requests may go to meanwhile."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, headers = receiver.take(dict(self.headers), body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(f"http://127.0.0.1:{server.server_port}/hook")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    allowed = settings.WORKIX.model_copy(update={"outgoing_networks": (ip_network("127.0.0.0/8"),)})
    with override_settings(WORKIX=allowed):
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def added(api: Api, url: str, **more: Any) -> dict[str, Any]:
    """Add a webhook, and return it with its secret."""
    answer = api.post("webhooks/", {"url": url, **more})
    assert answer.status == 201, answer.body
    found: dict[str, Any] = answer.body
    return found


def grow(cast: Cast, count: int = 1) -> None:
    """Write entries, and give them their place."""
    write(cast, count)
    sequence_all()


def deliver(cast: Cast, webhook: dict[str, Any], *, later: timedelta = timedelta(0)) -> datetime | None:
    """Deliver as the job does."""
    with use_tenant(cast.organization):
        return deliver_waiting(UUID(webhook["id"]), now=timezone.now() + later)


def row(cast: Cast, webhook: dict[str, Any]) -> WebhookEndpoint:
    with use_tenant(cast.organization):
        return WebhookEndpoint.objects.get(id=webhook["id"])


def put(cast: Cast, webhook: dict[str, Any], **columns: Any) -> None:
    """Let a row be as if time had passed, or somebody had crashed."""
    with use_tenant(cast.organization):
        WebhookEndpoint.objects.filter(id=webhook["id"]).update(**columns)
