"""deploy/nginx/fair-shares.conf: nginx reads it, lets requests through, and refuses one too many of an address in flight."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from benchmarks.clients import Client
from benchmarks.quotas.proxy import NGINX, proxy_before
from benchmarks.servers import Launch

MOST, ASKED = 16, 20


class Slow(BaseHTTPRequestHandler):
    """Answers nobody before it is told to."""

    answering = threading.Event()

    def do_GET(self) -> None:  # noqa: N802  # as http.server calls it
        self.answering.wait(10)
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002  # as http.server calls it


@pytest.mark.skipif(NGINX is None, reason="nginx is missing: apt-get install nginx-light")
def test_an_address_has_so_many_requests_in_flight_and_no_more(tmp_path: Path) -> None:
    found: Counter[int] = Counter()
    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server, ThreadPoolExecutor(ASKED + 1) as pool:
        pool.submit(server.serve_forever)
        launch = Launch([], {}, server.server_address[1], "localhost", tmp_path / "log")
        with proxy_before(launch, tmp_path) as port:

            def ask(_: int) -> None:
                with Client(port, "localhost") as client:
                    status, _body = client.send("GET", "/")
                found[status] += 1
                if found[503] == ASKED - MOST:
                    Slow.answering.set()

            list(pool.map(ask, range(ASKED)))
        server.shutdown()
    assert found == {204: MOST, 503: ASKED - MOST}
