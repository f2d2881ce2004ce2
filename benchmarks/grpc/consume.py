"""Calls per CPU second of the server: gRPC Consume beside POST /quotas/executions/consumptions/, by one API key."""

# `python -m benchmarks.grpc.consume`: both servers run side by side, one process each, and are asked in turns. Counted is the
# processor time of the server's process, user and system; the client is another process, and PostgreSQL's own time is said apart.

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median

import grpc
import psutil
from rich.table import Table

from benchmarks.database import throwaway_postgres
from benchmarks.figures import CONSOLE, pairwise_ratio, progress_bar, write_json
from benchmarks.processes import BenchmarkError, free_port, python, run, start, stop
from benchmarks.servers import THREADS, Server
from benchmarks.sides.workix import SLUG, Workix
from gateway.grpc.protos.workix.v1.quotas_pb2 import ConsumeRequest, ConsumeResponse
from workix.core.resources import LARGEST_INTEGER

TITLE = "Consumptions per CPU second of the server, over REST and over gRPC"
PATH, BODY = "/api/v1/quotas/executions/consumptions/", json.dumps({"amount": 1})
METHOD = "/workix.v1.Quotas/Consume"
MESSAGE = ConsumeRequest(resource="executions", amount=1).SerializeToString()
NEW = {"name": "Runner", "scopes": ["quotas:consume"]}
WARM_UP = 100

#: (way, connections) -> microseconds of CPU a call of the server, and of PostgreSQL, one a round.
Samples = dict[tuple[str, int], list[tuple[float, float]]]
Ask = Callable[[int], None]


def main() -> None:
    options = _options()
    with throwaway_postgres() as (cluster, scratch), ExitStack() as running:
        side = Workix(
            cluster.owner, replace(cluster.superuser, name=cluster.owner.name), scratch
        )  # hardened, as set-up does
        side.set_up()
        server = running.enter_context(Server(side.launch()))
        with server.client(side.prepare(server)) as client:
            key = client.call("POST", "/api/v1/api-keys/", NEW, expect=201)["key"]
        run(
            python("manage.py", "set_limit", SLUG, "executions", str(LARGEST_INTEGER), "--reason", "bench"),
            side.settings,
        )
        process, channel = running.enter_context(_grpc_server(side))
        samples: Samples = defaultdict(list)
        database = _cpu_of_database(cluster.folder)
        ways = {
            "REST": (_over_rest(server, key), server.cpu_seconds),
            "gRPC": (_over_grpc(channel, key), _cpu(process)),
        }
        with progress_bar() as bar:
            for _ in bar.track(range(options.rounds), description="rounds"):
                for connections in (1, THREADS):
                    for way, (ask, spent) in ways.items():
                        samples[way, connections].append(_measure(ask, spent, database, connections, options.calls))
    CONSOLE.print(_table(samples, options))
    if options.json:
        figures = {f"{way}, {connections}": each for (way, connections), each in samples.items()}
        write_json(options.json, TITLE, {"rounds": options.rounds, "calls": options.calls, "samples_us": figures})


def _measure(
    ask: Ask, spent: Callable[[], float], database: Callable[[], float], connections: int, calls: int
) -> tuple[float, float]:
    """Ask over so many connections at once; return microseconds of CPU a call, of the server and of PostgreSQL."""
    each = calls // connections
    with ThreadPoolExecutor(connections) as crowd:
        list(crowd.map(ask, [WARM_UP // connections] * connections))
        before = spent(), database()
        list(crowd.map(ask, [each] * connections))
        after = spent(), database()
    return (after[0] - before[0]) / (each * connections) * 1e6, (after[1] - before[1]) / (each * connections) * 1e6


def _over_rest(server: Server, key: str) -> Ask:
    def ask(times: int) -> None:
        with server.client(key) as client:
            for _ in range(times):
                status, answer = client.send("POST", PATH, BODY)
                if status != 201:
                    raise BenchmarkError(f"POST {PATH} answered {status}: {answer[:300]!r}")

    return ask


def _over_grpc(channel: grpc.Channel, key: str) -> Ask:
    consume, metadata = channel.unary_unary(METHOD), (("authorization", f"Bearer {key}"),)

    def ask(times: int) -> None:
        for _ in range(times):
            answer = consume(MESSAGE, timeout=10, metadata=metadata)
        if not ConsumeResponse.FromString(answer).id:
            raise BenchmarkError(f"{METHOD} answered {answer!r}")

    return ask


@contextmanager
def _grpc_server(side: Workix) -> Iterator[tuple[psutil.Process, grpc.Channel]]:
    bind = f"127.0.0.1:{free_port()}"
    settings = {**side.settings, "WORKIX_GRPC_THREADS": str(THREADS)}
    process = start(python("manage.py", "grpc", "--bind", bind), settings, side.log)
    try:
        with grpc.insecure_channel(bind) as channel:
            grpc.channel_ready_future(channel).result(timeout=60)
            yield psutil.Process(process.pid), channel
    except grpc.FutureTimeoutError:
        raise BenchmarkError(f"The gRPC server does not answer:\n{side.log.read_text()[-2000:]}") from None
    finally:
        stop(process)


def _cpu(process: psutil.Process) -> Callable[[], float]:
    return lambda: float(sum(process.cpu_times()[:2]))


def _cpu_of_database(folder: Path) -> Callable[[], float]:
    """Add up the time of the server that runs in this folder: all its processes, those that ended among them."""
    first = next(
        each for each in psutil.process_iter(["cmdline"]) if str(folder) in " ".join(each.info["cmdline"] or ())
    )

    def spent() -> float:
        family = (first, *first.children())
        return sum(float(each) for process in family for each in process.cpu_times()[:4])

    return spent


def _table(samples: Samples, options: argparse.Namespace) -> Table:
    caption = f"median of {options.rounds} rounds of {options.calls} calls; one process of {THREADS} threads each"
    table = Table(title=TITLE, caption=caption)
    names = ("connections", "REST, µs", "gRPC, µs", "calls a CPU second", "gRPC / REST", "PostgreSQL, µs")
    for column in names:
        table.add_column(column, justify="right")
    for connections in (1, THREADS):
        rest, ours = ([each[0] for each in samples[way, connections]] for way in ("REST", "gRPC"))
        behind = [median(each[1] for each in samples[way, connections]) for way in ("REST", "gRPC")]
        table.add_row(
            str(connections),
            *(f"{median(each):,.0f}" for each in (rest, ours)),
            f"{1e6 / median(rest):,.0f} / {1e6 / median(ours):,.0f}",
            f"{pairwise_ratio(rest, ours):.2f}",
            " / ".join(f"{each:,.0f}" for each in behind),
        )
    return table


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grpc.consume", description=TITLE)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--calls", type=int, default=800, help="over each way, in each round")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
