"""Instructions of GET /me/ for a crowd: organizations that were last seen long ago, and tokens that are known or new."""

from __future__ import annotations

import json

from rich.table import Table

from benchmarks.crowd.people import ORGANIZATIONS
from benchmarks.database import throwaway_postgres
from benchmarks.figures import CONSOLE
from benchmarks.instructions import MODULES, per_request
from benchmarks.processes import python, run
from benchmarks.requests import Call
from benchmarks.sides.workix import Workix

TITLE = "Instructions of GET /me/, 1,000 people of 100 organizations, in millions"
ME = Call("me", "GET", "/api/v1/me/")
#: Connections to each organization are there when counting begins. Under valgrind, one round of them all takes longer than
#: a process believes what it knows of an organization.
FEW, MANY = ORGANIZATIONS + 20, ORGANIZATIONS + 60


def main() -> None:
    with throwaway_postgres() as (cluster, scratch):
        side = Workix(cluster.owner, cluster.superuser, scratch)
        side.settings["WORKIX_CONNECTION_CAP"] = str(ORGANIZATIONS + 30)
        side.set_up()
        tokens = json.loads(run(python("-m", "benchmarks.crowd.people"), side.settings).splitlines()[-1])
        table = Table(title=TITLE)
        for column in ("tokens", "a request"):
            table.add_column(column)
        for name, theirs in (("known", tokens[:ORGANIZATIONS]), ("new", tokens)):
            asked = {"module": MODULES[side.name], "host": side.launch().host, "tokens": theirs}
            counted = per_request(side.settings, ME, asked, scratch, few=FEW, many=MANY)
            table.add_row(name, f"{counted:.2f}")
    CONSOLE.print(table)


if __name__ == "__main__":
    main()
