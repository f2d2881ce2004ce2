"""Milliseconds from asking for a sandbox over HTTP to the whole answer, with so many organizations there; and of removing one."""

# `python -m benchmarks.sandboxes --rounds 20`

from __future__ import annotations

import argparse
import re
import time

from rich.table import Table

from benchmarks.database import throwaway_postgres
from benchmarks.figures import CONSOLE, percentile
from benchmarks.processes import python, run
from benchmarks.servers import Server
from benchmarks.sides.workix import Workix

TITLE = "Milliseconds of a sandbox"
#: The first ones of a process load what they need.
WARM_UP = 2
UNLIMITED = {"WORKIX_SANDBOXES": "1000", "WORKIX_SANDBOXES_PER_HOUR": "100000"}
_REMOVE = """
import time
from datetime import timedelta
from django.utils import timezone
from tenants.sandboxes.ending import remove_expired
began = time.perf_counter()
removed = remove_expired(now=timezone.now() + timedelta(days=1))
print(f"removed {removed} in {(time.perf_counter() - began) * 1000:.0f} ms")
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="How many are measured.")
    rounds = parser.parse_args().rounds
    with throwaway_postgres() as (cluster, scratch):
        side = Workix(cluster.owner, cluster.superuser, scratch)
        side.settings |= UNLIMITED
        side.set_up()
        with Server(side.launch()) as server:
            opened = _opened(server, rounds)
        removed = run(python("manage.py", "shell", "--no-imports", "-c", _REMOVE), side.settings)
    found = re.search(r"removed (\d+) in (\d+) ms", removed)
    table = Table(title=TITLE)
    for column in ("", "number", "p50", "p95", "most"):
        table.add_column(column, justify="right")
    table.add_row("opened", str(rounds), *(f"{value:.0f}" for value in _figures(opened)))
    if found:
        number, milliseconds = map(int, found.groups())
        table.add_row("removed, each on average", str(number), f"{milliseconds / max(1, number):.0f}")
    CONSOLE.print(table)


def _opened(server: Server, rounds: int) -> list[float]:
    samples = []
    with server.client() as client:
        for _ in range(WARM_UP + rounds):
            began = time.perf_counter()
            client.call("POST", "/api/v1/sandboxes/", {}, expect=201)
            samples.append((time.perf_counter() - began) * 1000)
    return samples[WARM_UP:]


def _figures(samples: list[float]) -> tuple[float, float, float]:
    return percentile(samples, 0.5), percentile(samples, 0.95), max(samples)


if __name__ == "__main__":
    main()
