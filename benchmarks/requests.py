"""Server CPU per request, beside a stock project in the same run."""

from __future__ import annotations

import argparse
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from statistics import median

from rich.table import Table

from benchmarks.clients import Client
from benchmarks.database import make_database, throwaway_postgres
from benchmarks.figures import CONSOLE, pairwise_ratio, progress_bar, write_json
from benchmarks.processes import BenchmarkError
from benchmarks.servers import Server
from benchmarks.sides.side import PEOPLE, Side
from benchmarks.sides.stock import Stock
from benchmarks.sides.workix import Workix

TITLE = "Server CPU per request, beside a stock project in the same run"
WARM_UP = 40

Samples = dict[tuple[str, str], list[float]]  # (call, side) -> microseconds of CPU a request, one a round


@dataclass(frozen=True)
class Call:
    name: str
    method: str
    path: str
    body: str = ""


CALLS = (
    Call("me", "GET", "/api/v1/me/"),
    Call("list", "GET", "/api/v1/users/"),
    Call("page", "GET", "/api/v1/users/?page_size=20"),
    Call("filter", "GET", "/api/v1/users/?role=viewer"),
    Call("patch", "PATCH", "/api/v1/me/", '{"last_name": "Lovelace {number}"}'),
)


@dataclass(frozen=True)
class Ready:
    """A side whose server runs and whose organization is there."""

    name: str
    server: Server
    token: str


def main() -> None:
    options = _options()
    try:
        with throwaway_postgres() as (cluster, scratch), ExitStack() as servers:
            workix = Workix(cluster.owner, cluster.superuser, scratch)
            stock = Stock(make_database(cluster, "stock"), scratch)
            chosen: list[Side] = [side for side in (workix, stock) if options.only in (None, side.name)]
            ready = [_make_ready(side, servers) for side in chosen]
            samples = measure(ready, rounds=options.rounds, requests=options.requests)
    except BenchmarkError as error:
        raise SystemExit(str(error)) from None
    CONSOLE.print(table(samples, options))
    if options.json:
        write_json(options.json, TITLE, figures(samples, options))


def measure(sides: Sequence[Ready], *, rounds: int, requests: int) -> Samples:
    """Take turns, side after side and call after call, `rounds` times."""
    samples: Samples = defaultdict(list)
    with progress_bar() as bar:
        task = bar.add_task("rounds", total=rounds)
        for _ in range(rounds):
            for call, side in itertools.product(CALLS, sides):
                samples[call.name, side.name].append(_cpu_per_request(side, call, requests))
            bar.advance(task)
    return samples


def figures(samples: Samples, options: argparse.Namespace) -> dict[str, object]:
    calls = {
        call.name: {
            "median_us": {side: median(samples[call.name, side]) for side in _sides(samples)},
            "workix_to_stock": _ratio(samples, call.name),
            "samples_us": {side: samples[call.name, side] for side in _sides(samples)},
        }
        for call in CALLS
    }
    return {"rounds": options.rounds, "requests": options.requests, "calls": calls}


def table(samples: Samples, options: argparse.Namespace) -> Table:
    caption = f"median of {options.rounds} rounds of {options.requests} requests, {PEOPLE} people"
    made = Table(title=TITLE, caption=caption)
    for column in ("call", *(f"{side}, µs" for side in _sides(samples)), "workix / stock"):
        made.add_column(column, justify="left" if column == "call" else "right")
    for call in CALLS:
        ratio = _ratio(samples, call.name)
        medians = [f"{median(samples[call.name, side]):,.0f}" for side in _sides(samples)]
        made.add_row(f"{call.method} {call.path}", *medians, "-" if ratio is None else f"{ratio:.3f}")
    return made


def _make_ready(side: Side, servers: ExitStack) -> Ready:
    CONSOLE.print(f"Setting up {side.name} …")
    side.set_up()
    server = servers.enter_context(Server(side.launch()))
    ready = Ready(side.name, server, side.prepare(server))
    with server.client(ready.token) as client:
        rows = len(client.call("GET", "/api/v1/users/")["results"])
    if rows != PEOPLE:
        raise BenchmarkError(f"{side.name} lists {rows} people, not {PEOPLE}.")
    return ready


def _cpu_per_request(side: Ready, call: Call, requests: int) -> float:
    """Send warm-up requests, then `requests` on the same connection; return microseconds of CPU for each of these."""
    bodies = _bodies(call)
    with side.server.client(side.token) as client:
        _send(client, call, itertools.islice(bodies, WARM_UP))
        before = side.server.cpu_seconds()
        _send(client, call, itertools.islice(bodies, requests))
        return (side.server.cpu_seconds() - before) / requests * 1e6


def _send(client: Client, call: Call, bodies: Iterable[str | None]) -> None:
    for body in bodies:
        status, answer = client.send(call.method, call.path, body)
        if status != HTTPStatus.OK:
            raise BenchmarkError(f"{call.method} {call.path} answered {status}: {answer[:300]!r}")


def _bodies(call: Call) -> Iterator[str | None]:
    """Yield a different name each time, so that every PATCH changes something and is audited."""
    if call.method == "PATCH":
        return (json.dumps({"first_name": f"Ada {number}"}) for number in itertools.count())
    return itertools.repeat(None)


def _sides(samples: Samples) -> list[str]:
    return list(dict.fromkeys(side for _, side in samples))


def _ratio(samples: Samples, call: str) -> float | None:
    if not {"workix", "stock"} <= set(_sides(samples)):
        return None
    return pairwise_ratio(samples[call, "workix"], samples[call, "stock"])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.requests", description=TITLE)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--requests", type=int, default=300, help="of each kind, on each side, in each round")
    parser.add_argument("--only", choices=("workix", "stock"), help="measure one side alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
