"""Instructions of the Python process for one request, beside a stock project: the same in every run, whatever else runs."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex

from rich.table import Table

from benchmarks.database import make_database, throwaway_postgres
from benchmarks.figures import CONSOLE
from benchmarks.processes import BenchmarkError, environment_of, python
from benchmarks.requests import CALLS, Call
from benchmarks.servers import Server
from benchmarks.sides.side import Side
from benchmarks.sides.stock import Stock
from benchmarks.sides.workix import Workix

TITLE = "Instructions of the Python process for one request, in millions"
MODULES = {"workix": "workix.wsgi", "stock": "benchmarks.stock.wsgi"}
#: The difference of two runs: what starting up costs falls out.
FEW, MANY = 20, 60
_COLLECTED = re.compile(r"Collected : (\d+)")


def main() -> None:
    with throwaway_postgres() as (cluster, scratch):
        sides: list[Side] = [
            Workix(cluster.owner, cluster.superuser, scratch),
            Stock(make_database(cluster, "stock"), scratch),
        ]
        counted = {side.name: _count(side, scratch) for side in sides}
    table = Table(title=TITLE)
    for column in ("call", *counted, "workix / stock"):
        table.add_column(column, justify="left" if column == "call" else "right")
    for call in CALLS:
        ours, peers = (counts[call.name] for counts in counted.values())
        table.add_row(f"{call.method} {call.path}", f"{ours:.2f}", f"{peers:.2f}", f"{ours / peers:.3f}")
    CONSOLE.print(table)


def _count(side: Side, scratch: Path) -> dict[str, float]:
    side.set_up()
    launch = side.launch()
    with Server(launch) as server:
        token = side.prepare(server)
    asked = {"module": MODULES[side.name], "host": launch.host, "token": token}
    return {call.name: per_request(side.launch().settings, call, asked, scratch) for call in CALLS}


def per_request(
    settings: Mapping[str, str],
    call: Call,
    asked: Mapping[str, object],
    scratch: Path,
    *,
    few: int = FEW,
    many: int = MANY,
) -> float:
    """Count the instructions of one call, in millions, as the difference of two runs."""
    what = {**asked, "method": call.method, "path": call.path, "body": call.body}
    less, more = (_run(settings, {**what, "run": token_hex(4), "times": times}, scratch) for times in (few, many))
    return (more - less) / (many - few) / 1e6


def _run(settings: Mapping[str, str], asked: dict[str, object], scratch: Path) -> int:
    command = [
        "valgrind",
        "--tool=callgrind",
        f"--callgrind-out-file={scratch}/callgrind.%p",
        *python("-m", "benchmarks.wsgi_calls"),
    ]
    done = subprocess.run(
        command,
        env=environment_of({**settings, "PYTHONHASHSEED": "0"}),
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    found = _COLLECTED.search(done.stderr)
    if done.returncode or found is None:
        raise BenchmarkError(f"valgrind failed:\n{done.stderr[-1500:]}")
    return int(found[1])


if __name__ == "__main__":
    main()
