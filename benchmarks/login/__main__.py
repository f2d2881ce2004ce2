"""Instructions and CPU time of a log-in, beside its hash: for an address in 0, 1, 5 and 15 organizations, and an accepted one."""

from __future__ import annotations

import json
import resource
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from rich.table import Table

from benchmarks.database import throwaway_postgres
from benchmarks.figures import CONSOLE
from benchmarks.instructions import MODULES, per_request
from benchmarks.login.homes import PASSWORD, address_of
from benchmarks.processes import environment_of, python, run
from benchmarks.requests import Call
from benchmarks.sides.workix import Workix

TITLE = "A log-in beside the hash of its password, refused for an address in so many organizations, and accepted"
ORGANIZATIONS = (0, 1, 5, 15)
#: A hash takes long under valgrind. What a process does once falls out of the difference.
FEW, MANY = 2, 8
#: Natively: how many calls a run has more than the other, and how many rounds there are.
CALLS, ROUNDS = 40, 5
#: So that every one of them is judged.
UNLIMITED = {"WORKIX_LOCKOUT_FAILURES": "100000", "WORKIX_LOCKOUT_CLIENT_FAILURES": "100000"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is measured: a call of an application, and the status that is meant."""

    name: str
    call: Call
    module: str = MODULES["workix"]
    expect: str = "401"

    def to(self, host: str) -> dict[str, str]:
        return {"module": self.module, "host": host, "token": "", "expect": self.expect}


def main() -> None:
    with throwaway_postgres() as (cluster, scratch):
        side = Workix(cluster.owner, cluster.superuser, scratch)
        side.settings |= UNLIMITED
        side.set_up()
        run(python("-m", "benchmarks.login.homes", *map(str, ORGANIZATIONS)), side.settings)
        host, asked = side.launch().host, list(_asked())
        counted = [per_request(side.settings, each.call, each.to(host), scratch, few=FEW, many=MANY) for each in asked]
        times = _times(side.settings, asked, host)
    table = Table(title=TITLE)
    for column in ("", "millions of instructions", "/ hash", "ms of CPU", "/ hash"):
        table.add_column(column, justify="right")
    for each, count, milliseconds in zip(asked, counted, times, strict=True):
        ratios = f"{count / counted[0]:.3f}", f"{milliseconds / times[0]:.3f}"
        table.add_row(each.name, f"{count:.2f}", ratios[0], f"{milliseconds:.1f}", ratios[1])
    CONSOLE.print(table)


def _asked() -> Iterator[Asked]:
    yield Asked("the hash alone", _call(0, PASSWORD), "benchmarks.login.hash_alone")
    for number in ORGANIZATIONS:
        yield Asked(f"refused, in {number}", _call(number, "guess number {number} of {run}"))
    yield Asked("accepted", _call(1, PASSWORD), expect="200")


def _call(organizations: int, password: str) -> Call:
    body = {"email": address_of(organizations), "password": password}
    return Call("log-in", "POST", "/api/v1/auth/login/", json.dumps(body))


def _times(settings: Mapping[str, str], asked: list[Asked], host: str) -> list[float]:
    """Measure each in turns, round after round; return the medians, in milliseconds of CPU of the Python process."""
    rounds = [[_time(settings, each, host) for each in asked] for _ in range(ROUNDS)]
    return [median(each) for each in zip(*rounds, strict=True)]


def _time(settings: Mapping[str, str], asked: Asked, host: str) -> float:
    less, more = (_seconds(settings, asked, host, times) for times in (1, 1 + CALLS))
    return (more - less) / CALLS * 1_000


def _seconds(settings: Mapping[str, str], asked: Asked, host: str, times: int) -> float:
    call = asked.call
    what = {"method": call.method, "path": call.path, "body": call.body, "run": "native", "times": times}
    command, environment = python("-m", "benchmarks.wsgi_calls"), environment_of(settings)
    sent = json.dumps(what | asked.to(host))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, input=sent, text=True, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
