"""Cut connections: an opening whose connection to the database ends at any message is 503 `unavailable`, and leaves nothing."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tenants.backend.pool import shared_pool
from tests.acts import rows
from tests.cast import PASSWORD, Answer, Api

pytestmark = [pytest.mark.fault("C10"), pytest.mark.slow]

#: More messages than an opening has in either direction.
ENOUGH = 400
HALF_MADE = """
    SELECT nspname::text FROM pg_namespace WHERE nspname ~ '^org_' AND nspname !~ '^org_0+$'
       AND nspname NOT IN (SELECT schema_name FROM organizations)"""


class CuttingProxy:
    """Stands between us and the server, and cuts every connection at one message of one direction."""

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._direction, self._left = "", 0
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_at(self, number: int, direction: str) -> None:
        self._direction, self._left = direction, number

    @property
    def has_cut(self) -> bool:
        return self._left <= 0

    def close(self) -> None:
        self._listener.close()
        self._cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._server)
            with self._lock:
                self._open += [client, server]
            for source, sink, direction in ((client, server, "asked"), (server, client, "answered")):
                threading.Thread(target=self._carry, args=[source, sink, direction], daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, direction: str) -> None:
        try:
            while data := source.recv(1 << 16):
                if direction == self._direction:
                    self._left -= 1
                    if self._left == 0:
                        self._cut()
                        return
                sink.sendall(data)
        except OSError:
            pass
        for each in (source, sink):
            each.close()

    def _cut(self) -> None:
        with self._lock:
            for each in self._open:
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    each.close()
            self._open.clear()


@pytest.fixture
def proxy(database: None, settings: Any) -> Iterator[CuttingProxy]:
    """Let every connection of ours go through a proxy; nobody is kept from signing up."""
    address = settings.WORKIX.database_url
    proxy = CuttingProxy(address.host, address.port)
    settings.WORKIX = settings.WORKIX.model_copy(
        update={"database_url": replace(address, host="127.0.0.1", port=proxy.port), "sign_ups_per_hour": 1_000_000}
    )
    shared_pool(0).clear()
    yield proxy
    shared_pool(0).clear()
    proxy.close()


@pytest.mark.parametrize("direction", ["asked", "answered"])
@pytest.mark.parametrize("idle", [True, False], ids=["on idle connections", "logging in"])
def test_an_opening_that_is_cut_at_any_message_is_unavailable(proxy: CuttingProxy, direction: str, idle: bool) -> None:
    seen = {}
    for number in range(1, ENOUGH):
        if idle:
            assert Api().get("/health/ready").status == 200
        else:
            shared_pool(0).clear()
        proxy.cut_at(number, direction)
        answer = _open(f"cut-{number}")
        if not proxy.has_cut:
            break
        seen[number] = (answer.status, answer.body["code"] if answer.status != 201 else "")
        assert rows(HALF_MADE) == []
    assert answer.status == 201
    assert {number: each for number, each in seen.items() if each != (503, "unavailable")} == {}
    assert len(seen) > 12


def _open(slug: str) -> Answer:
    admin = {"email": f"admin@{slug}.example", "password": PASSWORD}
    return Api().post("organizations/", {"name": slug, "slug": slug, "admin": admin})
