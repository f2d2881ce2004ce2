"""Instructions and CPU time of a refused log-in, hash included, for an address in 0, 1, 5 and 15 organizations."""

from __future__ import annotations

import json
import resource
import subprocess
from collections.abc import Mapping
from statistics import median

from rich.table import Table

from benchmarks.database import throwaway_postgres
from benchmarks.figures import CONSOLE
from benchmarks.instructions import MODULES, per_request
from benchmarks.login.homes import address_of
from benchmarks.processes import environment_of, python, run
from benchmarks.requests import Call
from benchmarks.sides.workix import Workix

TITLE = "A refused log-in, by the number of organizations its address is a person in"
ORGANIZATIONS = (0, 1, 5, 15)
#: A hash takes long under valgrind. What a process does once falls out of the difference.
FEW, MANY = 2, 8
#: Natively: how many calls a run has more than the other, and how many rounds there are.
CALLS, ROUNDS = 40, 5
#: So that every one of them is judged.
UNLIMITED = {"WORKIX_LOCKOUT_FAILURES": "100000", "WORKIX_LOCKOUT_CLIENT_FAILURES": "100000"}

Asked = Mapping[str, str]


def main() -> None:
    with throwaway_postgres() as (cluster, scratch):
        side = Workix(cluster.owner, cluster.superuser, scratch)
        side.settings |= UNLIMITED
        side.set_up()
        run(python("-m", "benchmarks.login.homes", *map(str, ORGANIZATIONS)), side.settings)
        asked = {"module": MODULES["workix"], "host": side.launch().host, "token": "", "expect": "401"}
        counted = [
            per_request(side.settings, _call(number), asked, scratch, few=FEW, many=MANY) for number in ORGANIZATIONS
        ]
        times = _times(side.settings, asked)
    table = Table(title=TITLE)
    for column in ("organizations", "millions of instructions", "/ none", "ms of CPU", "/ none"):
        table.add_column(column, justify="right")
    for number, count, milliseconds in zip(ORGANIZATIONS, counted, times, strict=True):
        ratios = f"{count / counted[0]:.3f}", f"{milliseconds / times[0]:.3f}"
        table.add_row(str(number), f"{count:.2f}", ratios[0], f"{milliseconds:.1f}", ratios[1])
    CONSOLE.print(table)


def _call(organizations: int) -> Call:
    body = {"email": address_of(organizations), "password": "guess number {number} of {run}"}
    return Call("log-in", "POST", "/api/v1/auth/login/", json.dumps(body))


def _times(settings: Mapping[str, str], asked: Asked) -> list[float]:
    """Measure each in turns, round after round; return the medians, in milliseconds of CPU of the Python process."""
    rounds = [[_time(settings, _call(number), asked) for number in ORGANIZATIONS] for _ in range(ROUNDS)]
    return [median(each) for each in zip(*rounds, strict=True)]


def _time(settings: Mapping[str, str], call: Call, asked: Asked) -> float:
    less, more = (_seconds(settings, call, {**asked, "times": times}) for times in (1, 1 + CALLS))
    return (more - less) / CALLS * 1_000


def _seconds(settings: Mapping[str, str], call: Call, asked: Mapping[str, object]) -> float:
    what = {**asked, "method": call.method, "path": call.path, "body": call.body, "run": "native"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command, environment = python("-m", "benchmarks.wsgi_calls"), environment_of(settings)
    subprocess.run(command, env=environment, input=json.dumps(what), text=True, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
