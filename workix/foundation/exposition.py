"""Answers Prometheus on a port of its own, for every process of the platform on this machine."""

# Note [Who answers Prometheus]
# All processes write what they count into files of one folder, so any of them can answer for all. Not gunicorn's first
# process: a thread there would be copied by a fork in the middle of what it does, and a child of it would need somebody
# to watch it. Instead each web process and each job worker has a thread. Whoever gets the folder's lock opens the port;
# the kernel takes the lock from whoever ends, and within seconds another has it. Where web server and worker run on
# machines or in containers of their own, each has a folder and a port, and the same code does the right thing.

from __future__ import annotations

import fcntl
import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import IO

from prometheus_client.core import Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from workix.foundation import metric_files, metrics

logger = logging.getLogger("workix.metrics")

_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Exposition:
    """The metrics of one process, and of all when it is this one that answers.

    `role` is web or worker; `bind` is host:port; `folder` is what the processes share, None where there is but one.
    Gauges are brought up to date, and a port that is free is taken, `every` so many seconds.
    """

    role: str
    bind: str
    folder: Path | None
    version: str
    every: float = 3.0
    _ended: threading.Event = field(default_factory=threading.Event, init=False)
    _cpu_seconds: float = field(default=0.0, init=False)
    _lock: IO[bytes] | None = field(default=None, init=False)
    _server: _Server | None = field(default=None, init=False)
    _complained: bool = field(default=False, init=False)

    @property
    def port(self) -> int | None:
        """The port it answers on; None while another process does."""
        return self._server.server_port if self._server is not None else None

    def start(self) -> threading.Thread:
        """Do all of it in a thread that ends with the process."""
        metrics.begin_at_zero()
        thread = threading.Thread(target=self._run, name="metrics", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        self._ended.set()

    def everything(self) -> Collector:
        """Gather what was counted: by this process, or by all that share the folder."""
        if self.folder is None:
            return metrics.REGISTRY
        metric_files.bury_the_dead(self.folder)
        return MultiProcessCollector(None, str(self.folder))  # type: ignore[no-untyped-call]  # the library's own

    def sample(self) -> None:
        """Bring the gauges of this process up to date."""
        metrics.PROCESSES.labels(self.role).set(1)
        metrics.PROCESS_MEMORY.labels(self.role).set(_resident_bytes())
        now = time.process_time()
        metrics.PROCESS_CPU.labels(self.role).inc(now - self._cpu_seconds)
        self._cpu_seconds = now
        metrics.sampling.send_robust(sender=Exposition, role=self.role)

    def _run(self) -> None:
        while not self._ended.is_set():
            self.sample()
            if self._server is None:
                self._server = self._find_server()
            if self._server is not None:
                self._server.handle_request()  # waits for one, but not for ever
            else:
                self._ended.wait(self.every)
        self._close()

    def _close(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.server_close()
        if self._lock is not None:
            self._lock.close()

    def _find_server(self) -> _Server | None:
        """Open the port, unless another process of ours answers already."""
        if not self._is_ours():
            return None
        try:
            return _Server(self)
        except OSError as error:
            if not self._complained:
                logger.warning("metrics.port_unusable", extra={"bind": self.bind, "because": error.strerror})
                self._complained = True
            return None

    def _is_ours(self) -> bool:
        if self.folder is None or self._lock is not None:
            return True
        lock = (self.folder / "lock").open("wb")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return False
        self._lock = lock
        return True


class _Server(HTTPServer):
    """Answers one scrape after the other, in the thread of the exposition."""

    def __init__(self, exposition: Exposition) -> None:
        host, _, port = exposition.bind.rpartition(":")
        self.exposition = exposition
        self.readings = metrics.Readings(exposition.version)
        self.timeout = exposition.every
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host.strip("[]"), int(port)), _Handler)

    def collect(self) -> Iterator[Metric]:
        """Tell what was counted, then what is read."""
        self.exposition.sample()
        yield from self.exposition.everything().collect()
        yield from self.readings.collect()

    def handle_error(self, request: object, client_address: object) -> None:
        logger.exception("metrics.scrape_failed")  # noqa: LOG004  # called while the exception is handled


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 5.0  # for whoever connects and says nothing

    def do_GET(self) -> None:
        if self.path.partition("?")[0] != "/metrics":
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        encode, content_type = choose_encoder(self.headers.get("Accept", ""))
        body = encode(self.server)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named so by the library
        """Say nothing: a scrape is no news."""


def _resident_bytes() -> int:
    """Return how much memory this process holds; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_BYTES
    except OSError:
        return 0
