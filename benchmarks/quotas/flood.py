"""A flood of one organization (64 connections) beside a steady other one: latency of the other, with and without shares."""

# `python -m benchmarks.quotas.flood`

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import cycle
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import median
from typing import Any

from rich.table import Table

from benchmarks.clients import Client
from benchmarks.database import throwaway_postgres
from benchmarks.figures import CONSOLE, percentile, write_json
from benchmarks.processes import BenchmarkError, python, run
from benchmarks.quotas.proxy import proxy_before
from benchmarks.servers import Server
from benchmarks.sides.workix import Workix

TITLE = "GET /me/ of a steady organization beside a flood of another, milliseconds"
ME = "/api/v1/me/"
PEOPLE = 16
#: Where the flood comes from; the steady one is of 127.0.0.1.
FLOODING = "127.0.0.2"
#: What is set, by what it is called: limits of requests, and how many an organization may have in flight in a process. With
#: `proxy` an nginx is in front, which bounds what an address has in flight.
SHARES: Mapping[str, Mapping[str, str]] = {
    "none": {"WORKIX_RATE_LIMITS": "off"},
    "in flight": {"WORKIX_RATE_LIMITS": "off", "WORKIX_REQUESTS_AT_ONCE": "1"},
    "rate limits": {"WORKIX_RATE_LIMITS": "on"},
    "both": {"WORKIX_RATE_LIMITS": "on", "WORKIX_REQUESTS_AT_ONCE": "1"},
    "proxy": {"WORKIX_RATE_LIMITS": "on", "WORKIX_REQUESTS_AT_ONCE": "1"},
}


@dataclass(frozen=True)
class Flood:
    """Who asks as fast as they are answered, over so many connections; `pause`: seconds a refused one waits."""

    port: int
    host: str
    tokens: list[str]
    connections: int
    pause: float

    @contextmanager
    def running(self, counted: Any) -> Iterator[None]:
        """Flood from a process of its own, which yields the processor to what is measured."""
        over = multiprocessing.Event()
        process = multiprocessing.Process(target=self._flood, args=[over, counted])
        process.start()
        try:
            yield
        finally:
            over.set()
            process.join()

    def _flood(self, over: Event, counted: Any) -> None:
        os.nice(10)
        crowd = [threading.Thread(target=self._ask, args=[token, over, found]) for token, found in self._each()]
        for thread in crowd:
            thread.start()
        for thread in crowd:
            thread.join()
        counted.put(sum(_FOUND, Counter()))

    def _each(self) -> list[tuple[str, Counter[int]]]:
        _FOUND[:] = [Counter() for _ in range(self.connections)]
        return list(zip(cycle(self.tokens), _FOUND, strict=False))

    def _ask(self, token: str, over: Event, found: Counter[int]) -> None:
        while not over.is_set():
            try:
                with Client(self.port, self.host, token, source=FLOODING) as client:
                    while not over.is_set():
                        status, _ = client.send("GET", ME)
                        found[status] += 1
                        if status != 200 and self.pause:
                            over.wait(self.pause)
            except (OSError, http.client.HTTPException):
                found[0] += 1


_FOUND: list[Counter[int]] = []


def main() -> None:
    options = _options()
    measured = []
    try:
        with throwaway_postgres() as (cluster, scratch):
            side = Workix(cluster.owner, cluster.superuser, scratch)
            side.settings["WORKIX_WEB_WORKERS"] = "2"
            side.set_up()
            opened = run(python("-W", "ignore", "-m", "benchmarks.crowd.people", "2", str(PEOPLE)), side.settings)
            tokens: list[str] = json.loads(opened.splitlines()[-1])
            for name in options.shares:
                side.settings.pop("WORKIX_REQUESTS_AT_ONCE", None)
                side.settings |= SHARES[name]
                measured += [
                    {"shares": name, "pause": pause}
                    | measure(side, tokens, options, pause=pause, proxy=scratch if name == "proxy" else None)
                    for pause in options.pause
                ]
    except BenchmarkError as error:
        raise SystemExit(str(error)) from None
    CONSOLE.print(table(measured))
    if options.json:
        write_json(options.json, TITLE, {"measured": measured})


def measure(
    side: Workix, tokens: list[str], options: argparse.Namespace, *, pause: float, proxy: Path | None
) -> dict[str, Any]:
    """Time the steady one alone and then beside the flood, which has had time to use up its burst."""
    launch = side.launch()
    with Server(launch), proxy_before(launch, proxy) if proxy else nullcontext(launch.port) as port:
        flood = Flood(port, launch.host, tokens[::2], options.connections, pause)
        calm = Client(port, launch.host, tokens[1])
        steady(calm, 40, options.every)
        alone = steady(calm, options.requests, options.every)
        counted: Any = multiprocessing.Queue()
        with flood.running(counted):
            time.sleep(options.warm_up)
            beside = steady(calm, options.requests, options.every)
        return {"alone": alone, "beside": beside, "flood": dict(counted.get())}


def steady(client: Client, times: int, every: float) -> list[float]:
    """Ask once in `every` seconds, and return how long each took. Their own rates are not used up."""
    taken = []
    with client:
        for _ in range(times):
            started = time.perf_counter()
            client.call("GET", ME)
            taken.append(time.perf_counter() - started)
            time.sleep(max(0.0, every - taken[-1]))
    return taken


def table(measured: list[dict[str, Any]]) -> Table:
    shown = Table(
        "shares",
        "refused waits",
        "alone: median",
        "p95",
        "beside: median",
        "p95",
        "p95 beside / alone",
        "flood",
        title=TITLE,
    )
    for each in measured:
        alone, beside = each["alone"], each["beside"]
        times = (median(alone), percentile(alone, 0.95), median(beside), percentile(beside, 0.95))
        ratio = f"{times[3] / times[1]:.2f}"
        shown.add_row(
            each["shares"],
            f"{each['pause']:g} s",
            *(f"{time * 1_000:.1f}" for time in times),
            ratio,
            str(each["flood"]),
        )
    return shown


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quotas.flood", description=__doc__)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--requests", type=int, default=200, help="of the steady one")
    parser.add_argument("--every", type=float, default=0.05, help="seconds between two of the steady one's")
    parser.add_argument("--warm-up", type=float, default=15, help="seconds of the flood before anything is timed")
    parser.add_argument(
        "--pause", type=float, nargs="+", default=[0, 1], help="seconds a refused one of the flood waits"
    )
    parser.add_argument("--shares", nargs="+", choices=SHARES, default=list(SHARES))
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
