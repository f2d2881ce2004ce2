"""One keep-alive connection to a server under measurement, speaking JSON with a bearer token."""

from __future__ import annotations

import http.client
import json
from typing import Any

from benchmarks.processes import BenchmarkError


class Client:
    """A context manager. `host` is what the Host header says; the connection always goes to loopback, and comes from `source`."""

    def __init__(self, port: int, host: str, token: str | None = None, *, source: str = "127.0.0.1") -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(source, 0))
        self._headers = {"Host": host, "Accept": "application/json", "Content-Type": "application/json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def call(self, method: str, path: str, body: Any = None, *, expect: int = 200) -> Any:
        """Send one request and read the whole answer.

        :raises BenchmarkError: when the status is not `expect`.
        """
        sent = None if body is None else json.dumps(body)
        status, received = self.send(method, path, sent)
        if status != expect:
            raise BenchmarkError(f"{method} {path} answered {status}, not {expect}: {received[:500]!r}")
        return json.loads(received) if received else None

    def send(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        self._connection.request(method, path, body, self._headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()
