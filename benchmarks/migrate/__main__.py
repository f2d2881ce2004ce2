"""`manage.py migrate` with nothing to do and with a migration that waits, and the check of roles: CPU of both sides, and WAL."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.progress import Progress
from rich.table import Table

from benchmarks.database import throwaway_postgres
from benchmarks.figures import CONSOLE, progress_bar, write_json
from benchmarks.migrate.spending import Figures, medians, settle, spent
from benchmarks.migrate.waiting import SETTINGS, loop, take_back
from benchmarks.openers import Opener
from benchmarks.processes import BenchmarkError, python, run
from benchmarks.sides.workix import OPENING, Workix
from devserver.postgres.server import Cluster

TITLE = "Commands over a fleet, with nothing to do but where said otherwise"
#: What a process of ours costs before it does anything; it is taken off the client's side.
NOTHING = ("show_declarations", "--json")
COMMANDS = (("migrate", "--quiet"), ("check_isolation",))


def main() -> None:
    options = _options()
    try:
        with throwaway_postgres() as (cluster, scratch), progress_bar() as bar:
            workix = Workix(cluster.owner, cluster.superuser, scratch)
            workix.settings["DJANGO_SETTINGS_MODULE"] = SETTINGS
            measured = measure(workix, cluster, bar, options)
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
            settle(cluster)
            for command in (NOTHING, *COMMANDS):
                _run(workix, command)  # the first to read a page after a checkpoint may write it
                rounds = [spent(cluster, lambda: _run(workix, command)) for _ in range(options.rounds)]  # noqa: B023
                measured.append({"organizations": number, "command": command[0]} | medians(rounds))
            if not options.nothing_to_do:
                measured += [{"organizations": number} | each for each in _waiting(workix, cluster, options.rounds)]
    return measured


def _waiting(workix: Workix, cluster: Cluster, rounds: int) -> Iterator[Figures]:
    """Take a migration back and apply it again, by `migrate` and by a loop, in turns."""
    acts: dict[str, Callable[[], None]] = {
        "migrate, one waits": lambda: _run(workix, COMMANDS[0]),
        "the same SQL by psql": lambda: loop(workix, cluster, workix.log.parent),
    }
    figures: dict[str, list[Figures]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, act in acts.items():
            take_back(workix)
            figures[name].append(spent(cluster, act))
    _run(workix, COMMANDS[0])
    yield from ({"command": name} | medians(each) for name, each in figures.items())


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


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.migrate", description=TITLE)
    parser.add_argument("--existing", type=int, nargs="+", default=[10, 200], metavar="N", help="organizations there")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--nothing-to-do", action="store_true", help="leave out the migration that waits")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
