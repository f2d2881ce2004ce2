"""Instructions of GET /me/ for a crowd, beside a stock project: hot, organizations last seen long ago, and tokens never seen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from rich.table import Table

from benchmarks.crowd.people import ORGANIZATIONS, PEOPLE_EACH
from benchmarks.database import make_database, throwaway_postgres
from benchmarks.figures import CONSOLE
from benchmarks.instructions import MODULES, per_request
from benchmarks.processes import python, run
from benchmarks.requests import Call
from benchmarks.sides.side import Side
from benchmarks.sides.stock import Stock
from benchmarks.sides.workix import Workix

TITLE = (
    f"Instructions of GET /me/, {ORGANIZATIONS * PEOPLE_EACH:,} people of {ORGANIZATIONS} organizations, in millions"
)
ME = Call("me", "GET", "/api/v1/me/")
#: Connections to each organization are there when counting begins. Under valgrind, one round of them all takes longer than
#: a process believes what it knows of an organization.
FEW, MANY = ORGANIZATIONS + 20, ORGANIZATIONS + 60
OPENED_BY = {"workix": "benchmarks.crowd.people", "stock": "benchmarks.stock.crowd"}

Tokens = Sequence[object]


def crowds(everybody: Tokens) -> dict[str, Tokens]:
    """Say who asks in turns: one person, one of each organization again and again, everybody once."""
    return {"hot": everybody[:1], "organizations cold": everybody[:ORGANIZATIONS], "tokens cold, too": everybody}


def main() -> None:
    with throwaway_postgres() as (cluster, scratch):
        workix = Workix(cluster.owner, cluster.superuser, scratch)
        sides: list[Side] = [workix, Stock(make_database(cluster, "stock"), scratch)]
        counted = {side.name: _count(side, scratch) for side in sides}
    table = Table(title=TITLE)
    for column in ("asked by", *counted, "workix / stock"):
        table.add_column(column, justify="left" if column == "asked by" else "right")
    for name, ours in counted["workix"].items():
        peers = counted["stock"][name]
        table.add_row(name, f"{ours:.2f}", f"{peers:.2f}", f"{ours / peers:.3f}")
    CONSOLE.print(table)


def _count(side: Side, scratch: Path) -> dict[str, float]:
    side.set_up()
    opening = python("-W", "ignore", "-m", OPENED_BY[side.name], str(ORGANIZATIONS), str(PEOPLE_EACH))
    everybody = json.loads(run(opening, side.settings).splitlines()[-1])
    asked = {"module": MODULES[side.name], "host": side.launch().host}
    return {
        name: per_request(side.settings, ME, {**asked, "tokens": tokens}, scratch, few=FEW, many=MANY)
        for name, tokens in crowds(everybody).items()
    }


if __name__ == "__main__":
    main()
