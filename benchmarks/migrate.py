"""`manage.py migrate` and the check of roles with nothing to do: CPU of client and server, and WAL, by organizations there."""

from __future__ import annotations

import argparse
import resource
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import psutil
import psycopg
from rich.progress import Progress
from rich.table import Table

from benchmarks.database import throwaway_postgres
from benchmarks.figures import CONSOLE, progress_bar, write_json
from benchmarks.openers import Opener
from benchmarks.processes import BenchmarkError, python, run
from benchmarks.sides.workix import OPENING, Workix
from devserver.postgres.postmaster import find_postmaster
from devserver.postgres.server import Cluster

TITLE = "Commands with nothing to do"
#: What a process of ours costs before it does anything; it is taken off the client's side.
NOTHING = ("show_declarations", "--json")
COMMANDS = (("migrate", "--quiet"), ("check_isolation",))

Figures = dict[str, Any]


def main() -> None:
    options = _options()
    try:
        with throwaway_postgres() as (cluster, scratch), progress_bar() as bar:
            measured = measure(Workix(cluster.owner, cluster.superuser, scratch), cluster, bar, options)
    except BenchmarkError as error:
        raise SystemExit(str(error)) from None
    CONSOLE.print(table(measured))
    if options.json:
        write_json(options.json, TITLE, {"rounds": options.rounds, "commands": measured})


def measure(workix: Workix, cluster: Cluster, bar: Progress, options: argparse.Namespace) -> list[Figures]:
    """Fill up to each number of organizations, then run each command some rounds."""
    workix.set_up()
    measured: list[Figures] = []
    with Opener(OPENING, workix.settings, workix.log) as opener:
        there = 0
        for number in sorted(options.existing):
            for each in bar.track(range(there, number), description=f"filling up to {number}"):
                opener.call("open_workix", f"o-{each:05d}")
            there = number
            _settle(cluster)
            for command in (NOTHING, *COMMANDS):
                _run(workix, command)  # the first to read a page after a checkpoint may write it
                rounds = [_spent(cluster, lambda: _run(workix, command)) for _ in range(options.rounds)]  # noqa: B023
                measured.append({"organizations": number, "command": command[0]} | _medians(rounds))
    return measured


def table(measured: list[Figures]) -> Table:
    made = Table(title=TITLE, caption=f"{NOTHING[0]} is what starting a process costs")
    made.add_column("command")
    for column in ("organizations", "client, CPU s", "server, CPU s", "WAL, kB"):
        made.add_column(column, justify="right")
    for each in measured:
        numbers = (f"{each['client_s']:.2f}", f"{each['server_s']:.2f}", f"{each['wal_bytes'] / 1024:,.0f}")
        made.add_row(each["command"], str(each["organizations"]), *numbers)
    return made


def _run(workix: Workix, command: tuple[str, ...]) -> None:
    run(python("-W", "ignore", "manage.py", *command), workix.settings)


def _spent(cluster: Cluster, act: Callable[[], None]) -> Figures:
    """Do something; return what it took of children of ours, of the server, and of its write-ahead log."""
    client, server, wal = _client(), _server(cluster), _wal(cluster)
    act()
    return {
        "client_s": _client() - client,
        "server_s": _server(cluster) - server,
        "wal_bytes": _wal(cluster) - wal,
    }


def _client() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _server(cluster: Cluster) -> float:
    """Add up the postmaster, its children, and those that ended. One that ends meanwhile is looked for again."""
    top = psutil.Process(find_postmaster(cluster.folder / f"data-{cluster.version[0]}"))
    while True:
        try:
            return sum(float(spent) for process in (*top.children(), top) for spent in process.cpu_times()[:4])
        except psutil.NoSuchProcess:
            continue


def _wal(cluster: Cluster) -> int:
    return int(_ask(cluster, "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"))


def _settle(cluster: Cluster) -> None:
    """Let no autovacuum fall into what is measured."""
    _ask(cluster, "ALTER SYSTEM SET autovacuum = off")
    _ask(cluster, "SELECT pg_reload_conf()")
    _ask(cluster, "VACUUM ANALYZE")


def _ask(cluster: Cluster, statement: str) -> Any:
    parameters = cluster.superuser.connection_parameters() | {"dbname": cluster.owner.name}
    with psycopg.connect(**parameters, autocommit=True) as connection:  # type: ignore[arg-type]  # libpq's own names
        cursor = connection.execute(statement)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def _medians(rounds: list[Figures]) -> Figures:
    return {name: median(each[name] for each in rounds) for name in rounds[0]}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.migrate", description=TITLE)
    parser.add_argument("--existing", type=int, nargs="+", default=[10, 200], metavar="N", help="organizations there")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
