"""CPU of the database server for GET /me/, by how many organizations one process meets in turns: what logging in anew costs."""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path
from random import Random

from rich.table import Table

from benchmarks.database import throwaway_postgres
from benchmarks.figures import CONSOLE, write_json
from benchmarks.instructions import MODULES
from benchmarks.migrate.spending import Figures, medians, settle, spent
from benchmarks.processes import PROJECT, BenchmarkError, environment_of, python, run
from benchmarks.sides.workix import Workix
from devserver.postgres.server import Cluster

TITLE = "CPU of GET /me/ by hot organizations, uniform, in one process; milliseconds a request"
#: The difference of two runs: what starting up costs, and the first connection to each, fall out.
FEW, MANY = 800, 1_400


def main() -> None:
    options = _options()
    with throwaway_postgres(max_connections=options.max_connections) as (cluster, scratch):
        side = Workix(cluster.owner, cluster.superuser, scratch)
        side.set_up()
        everybody = python("-m", "benchmarks.crowd.people", str(max(options.hot)), "1")
        tokens = json.loads(run(everybody, side.settings).splitlines()[-1])
        settle(cluster)
        measured = []
        for cap in options.cap:
            side.settings |= {"WORKIX_CONNECTION_CAP": str(cap)} if cap else {}
            measured += [{"cap": cap} | _measure(side, cluster, tokens[:hot], options.rounds) for hot in options.hot]
    table = Table(title=TITLE)
    for column in ("cap", "hot organizations", "database server", "Python process"):
        table.add_column(column, justify="right")
    for each in measured:
        table.add_row(
            str(each["cap"] or ""), str(each["hot"]), f"{each['server_s'] * 1000:.2f}", f"{each['client_s'] * 1000:.2f}"
        )
    CONSOLE.print(table)
    if options.json:
        write_json(options.json, TITLE, {"rounds": options.rounds, "measured": measured})


def _measure(side: Workix, cluster: Cluster, tokens: list[str], rounds: int) -> Figures:
    """Return seconds a request."""
    samples = []
    for number in range(rounds):
        # Each once first: else some of those that are counted are the first connection to an organization.
        whose = [*tokens, *Random(number).choices(tokens, k=MANY)]  # noqa: S311  # an order, and no secret
        asked = (len(tokens) + FEW, len(tokens) + MANY)
        less, more = (spent(cluster, lambda: _ask(side, whose, times)) for times in asked)  # noqa: B023
        samples.append({name: (more[name] - less[name]) / (MANY - FEW) for name in less})
    measured = {"hot": len(tokens)} | medians(samples)
    CONSOLE.print(measured)
    return measured


def _ask(side: Workix, tokens: list[str], times: int) -> None:
    asked = {
        "module": MODULES[side.name],
        "host": side.launch().host,
        "tokens": tokens,
        "method": "GET",
        "path": "/api/v1/me/",
        "body": "",
        "run": "",
        "times": times,
    }
    done = subprocess.run(
        python("-m", "benchmarks.wsgi_calls"),
        cwd=PROJECT,
        env=environment_of(side.settings),
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BenchmarkError(f"The calls failed:\n{done.stderr[-1500:]}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crowd.hot_organizations", description=TITLE)
    parser.add_argument("--hot", type=int, nargs="+", default=[10, 40, 980], metavar="N", help="organizations in turns")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--cap", type=int, nargs="+", default=[0], help="WORKIX_CONNECTION_CAP, 0 for what it is by default"
    )
    parser.add_argument("--max-connections", type=int, help="of the server; what the bundled one has by default")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
