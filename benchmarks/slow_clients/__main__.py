"""500 slow connections of each kind: time of /health/live and /me/ beside them, gunicorn's gthread and our worker."""

from __future__ import annotations

import argparse
import socket
import time
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from rich.table import Table

from benchmarks.database import throwaway_postgres
from benchmarks.figures import CONSOLE, write_json
from benchmarks.processes import BenchmarkError
from benchmarks.servers import Server
from benchmarks.sides.workix import Workix

TITLE = "Slow clients"
WORKERS = ("gthread", "workix.web.server.worker.BufferedWorker")
PATHS = ("/health/live", "/api/v1/me/")
#: A request that takes longer is counted as so long, in seconds.
PATIENCE = 8.0
_HOST = "Host: localhost\r\n"
_LOGIN = f"POST /api/v1/auth/login/ HTTP/1.1\r\n{_HOST}Content-Type: application/json\r\n"
_ASSET = f"GET /static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js HTTP/1.1\r\n{_HOST}\r\n"
KINDS = {
    "nobody": None,
    "idle": "",
    "half a head": f"GET /api/v1/me/ HTTP/1.1\r\n{_HOST}Acc",
    "half a body": f"{_LOGIN}Content-Length: 500\r\n\r\n{{",
    "slow readers": _ASSET,
}


def main() -> None:
    options = _options()
    try:
        with throwaway_postgres() as (cluster, scratch):
            side = Workix(cluster.owner, cluster.superuser, scratch)
            side.set_up()
            measured = [figures for worker in WORKERS for figures in measure(side, worker, options)]
    except BenchmarkError as error:
        raise SystemExit(str(error)) from None
    CONSOLE.print(table(measured))
    if options.json:
        write_json(options.json, TITLE, {"connections": options.connections, "figures": measured})


def measure(side: Workix, worker: str, options: argparse.Namespace) -> list[dict[str, Any]]:
    launch = side.launch()
    found: list[dict[str, Any]] = []
    with Server(replace(launch, command=(*launch.command, "--worker-class", worker))):
        for kind, sent in KINDS.items():
            with ExitStack() as slow:
                for _ in range(options.connections if sent is not None else 0):
                    slow.enter_context(closing(_connect(side.port, sent or "")))
                for path in PATHS:
                    seconds = _times(side.port, path, options.rounds)
                    found.append({"worker": worker, "beside": kind, "path": path, "seconds": seconds})
    return found


def table(measured: list[dict[str, Any]]) -> Table:
    shown = Table("worker", "beside", "path", "median ms", "largest ms", title=TITLE)
    for each in measured:
        milliseconds = [second * 1_000 for second in each["seconds"]]
        shown.add_row(
            each["worker"].rpartition(".")[2],
            each["beside"],
            each["path"],
            f"{median(milliseconds):.1f}",
            f"{max(milliseconds):.0f}",
        )
    return shown


def _connect(port: int, sent: str) -> socket.socket:
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
    connection.settimeout(PATIENCE)
    connection.connect(("127.0.0.1", port))
    connection.sendall(sent.encode())
    return connection


def _times(port: int, path: str, rounds: int) -> list[float]:
    """Time requests, each on a connection of its own, until one is not answered at all."""
    seconds: list[float] = []
    while len(seconds) < rounds and PATIENCE not in seconds:
        started = time.perf_counter()
        try:
            with closing(_connect(port, f"GET {path} HTTP/1.1\r\n{_HOST}Connection: close\r\n\r\n")) as connection:
                connection.recv(65_536)
            seconds.append(time.perf_counter() - started)
        except TimeoutError:
            seconds.append(PATIENCE)
    return seconds


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connections", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
