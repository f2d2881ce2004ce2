"""Instructions of GET /me/ with rate limits and without, of one Python process, in millions.

Leases last as many requests as they would if nothing were counted: see benchmarks/quotas/leased.py.
"""

# `python -m benchmarks.quotas.instructions`

from __future__ import annotations

from rich.table import Table

from benchmarks.database import throwaway_postgres
from benchmarks.figures import CONSOLE
from benchmarks.instructions import per_request
from benchmarks.requests import CALLS
from benchmarks.servers import Server
from benchmarks.sides.workix import Workix

#: So many that a collection of garbage more or less says nothing.
MANY = 260
TITLE = "Instructions of GET /me/ with rate limits and without, in millions"


def main() -> None:
    with throwaway_postgres() as (cluster, scratch):
        side = Workix(cluster.owner, cluster.superuser, scratch)
        side.set_up()
        with Server(side.launch()) as server:
            asked = {"module": "benchmarks.quotas.leased", "host": side.launch().host, "token": side.prepare(server)}
        counted = {
            state: per_request({**side.settings, "WORKIX_RATE_LIMITS": state}, CALLS[0], asked, scratch, many=MANY)
            for state in ("off", "on")
        }
    table = Table("off", "on", "on / off", title=TITLE)
    table.add_row(*(f"{each:.3f}" for each in counted.values()), f"{counted['on'] / counted['off']:.3f}")
    CONSOLE.print(table)


if __name__ == "__main__":
    main()
