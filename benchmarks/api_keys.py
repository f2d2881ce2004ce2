"""Instructions of the Python process for one request by API key, beside the same request by access token."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table

from benchmarks.database import throwaway_postgres
from benchmarks.figures import CONSOLE
from benchmarks.instructions import MODULES, per_request
from benchmarks.requests import Call
from benchmarks.servers import Server
from benchmarks.sides.workix import Workix, log_in

TITLE = "Instructions of the Python process for one request, in millions"
CALLS = (
    Call("organization", "GET", "/api/v1/organization/"),
    Call("consumption", "POST", "/api/v1/quotas/executions/consumptions/", '{"amount": 1}'),
)
NEW = {
    "name": "Runner",
    "scopes": ["organization:read", "quotas:consume"],
    "networks": ["127.0.0.0/8"],
}


def main() -> None:
    with throwaway_postgres() as (cluster, scratch):
        side = Workix(cluster.owner, cluster.superuser, scratch)
        side.set_up()
        with Server(side.launch()) as server:
            with server.client(side.prepare(server)) as client:
                key = client.call("POST", "/api/v1/api-keys/", NEW, expect=201)["key"]
            CONSOLE.print(_table(side, server, key, scratch))


def _table(side: Workix, server: Server, key: str, scratch: Path) -> Table:
    table = Table(title=TITLE)
    for column in ("call", "by token", "by key", "key / token"):
        table.add_column(column, justify="left" if column == "call" else "right")
    for call in CALLS:
        by_token = _count(side, call, log_in(server), scratch)  # anew for each: it is good for 15 minutes
        by_key = _count(side, call, key, scratch)
        table.add_row(f"{call.method} {call.path}", f"{by_token:.3f}", f"{by_key:.3f}", f"{by_key / by_token:.3f}")
    return table


def _count(side: Workix, call: Call, credential: str, scratch: Path) -> float:
    asked = {"module": MODULES[side.name], "host": side.launch().host, "token": credential}
    return per_request(side.launch().settings, call, asked, scratch)


if __name__ == "__main__":
    main()
