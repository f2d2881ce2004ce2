"""Kill switch: from the moment an agent is told to stop until its first call that is refused, in another process."""

# Note [What is timed]
# Two servers, a process each, over one database. An agent calls the second without a pause, on threads of its own. The first is
# told to stop it. Timed are two moments after that POST is sent: when its answer is there, and when the last call that
# the second server let in was begun. Every call that is begun after the answer must be refused.

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

from rich.table import Table

from benchmarks.clients import Client
from benchmarks.database import throwaway_postgres
from benchmarks.figures import CONSOLE, progress_bar, write_json
from benchmarks.processes import BenchmarkError, free_port
from benchmarks.servers import Launch, Server
from benchmarks.sides.workix import Workix

TITLE = "Stopping an agent, in milliseconds after the call to stop it"
ROUNDS, THREADS = 100, 2
_PATIENCE_SECONDS = 10
AGENT = {"name": "Robin", "purpose": "Is to be stopped.", "scopes": ["organization:read"], "mode": "live"}
CALL = ("GET", "/api/v1/organization/", None)


@dataclass
class Caller:
    """An agent that calls and calls, and notes when a call was begun and whether it was let in."""

    server: Server
    key: str
    calls: list[tuple[float, int]] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        with self.server.client(self.key) as client:
            while not self.done.is_set():
                begun = time.perf_counter()
                status, _ = client.send(*CALL)
                self.calls.append((begun, status))
                if status != 200:
                    return


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--json", type=Path)
    asked = options.parse_args()
    with throwaway_postgres() as (cluster, scratch):
        side = Workix(cluster.owner, cluster.superuser, scratch)
        side.set_up()
        with ExitStack() as stack:
            first, second = (stack.enter_context(Server(each)) for each in _launches(side))
            with first.client(side.prepare(first)) as admin, progress_bar() as bar:
                rounds = [_round(admin, second) for _ in bar.track(range(asked.rounds), description="stops")]
    CONSOLE.print(_table(rounds))
    if asked.json:
        write_json(asked.json, TITLE, {"answered": [each[0] for each in rounds], "last": [each[1] for each in rounds]})


def _launches(side: Workix) -> Iterator[Launch]:
    """Start the same twice, on ports of their own."""
    launch = side.launch()
    yield launch
    port = free_port()
    settings = {
        **launch.settings,
        "WORKIX_BIND": f"127.0.0.1:{port}",
        "WORKIX_METRICS_BIND": f"127.0.0.1:{free_port()}",
    }
    yield replace(launch, port=port, settings=settings)


def _round(admin: Client, second: Server) -> tuple[float, float]:
    """Stop one agent; return when that was answered, and when the last call that was let in had begun."""
    agent: Any = admin.call("POST", "/api/v1/agents/", AGENT, expect=201)
    callers = [Caller(second, agent["key"]) for _ in range(THREADS)]
    with _calling(callers):
        asked = time.perf_counter()
        admin.call("POST", f"/api/v1/agents/{agent['id']}/stop/", {"reason": "Benchmark."})
        answered = time.perf_counter()
    let_in = [begun for each in callers for begun, status in each.calls if status == 200]
    if any(begun > answered for begun in let_in):
        raise BenchmarkError("A call that was begun after the stop was answered was let in.")
    admin.call("DELETE", f"/api/v1/agents/{agent['id']}/", expect=204)
    return (answered - asked) * 1000, max(0.0, max(let_in) - asked) * 1000


@contextmanager
def _calling(callers: list[Caller]) -> Iterator[None]:
    threads = [threading.Thread(target=each.run) for each in callers]
    for thread in threads:
        thread.start()
    while not all(len(each.calls) >= 3 for each in callers):
        time.sleep(0.001)
    try:
        yield
        for thread in threads:
            thread.join(_PATIENCE_SECONDS)  # each ends with the first call that is refused
    finally:
        for each in callers:
            each.done.set()
    if not all(each.calls[-1][1] == 401 for each in callers):
        raise BenchmarkError("An agent that was stopped was not refused.")


def _table(rounds: list[tuple[float, float]]) -> Table:
    table = Table(title=f"{TITLE}, {len(rounds)} stops")
    for column in ("", "p50", "max"):
        table.add_column(column, justify="right" if column else "left")
    for name, values in zip(
        ("the stop is answered", "the last call let in began"), zip(*rounds, strict=True), strict=True
    ):
        table.add_row(name, f"{median(values):.1f}", f"{max(values):.1f}")
    return table


if __name__ == "__main__":
    main()
