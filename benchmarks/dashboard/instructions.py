"""Instructions of the Python process for the dashboard's pages and the audit list, of an organization of twenty people."""

from __future__ import annotations

from rich.table import Table

from benchmarks.dashboard.browser import log_in
from benchmarks.database import throwaway_postgres
from benchmarks.figures import CONSOLE
from benchmarks.instructions import MODULES, TITLE, per_request
from benchmarks.requests import Call
from benchmarks.servers import Server
from benchmarks.sides.side import PASSWORD
from benchmarks.sides.workix import ADMIN, SLUG, Workix

LISTS = (
    Call("audit trail, 20 entries", "GET", "/api/v1/audit-logs/?page_size=20"),
    Call("people, by role", "GET", "/api/v1/users/?role=viewer"),
)
PAGES = (
    Call("home", "GET", "/admin/"),
    Call("people", "GET", "/admin/accounts/user/"),
    Call("audit trail", "GET", "/admin/audit/logentry/"),
)


def main() -> None:
    table = Table(title=TITLE)
    table.add_column("call")
    table.add_column("millions", justify="right")
    with throwaway_postgres() as (cluster, scratch):
        side = Workix(cluster.owner, cluster.superuser, scratch)
        side.set_up()
        launch = side.launch()
        own_host = f"{SLUG}.{launch.host}"
        with Server(launch) as server:
            token = side.prepare(server)
            cookie = log_in(launch.port, own_host, email=ADMIN, password=PASSWORD)
        asked = {"module": MODULES[side.name], "host": own_host}
        for calls, credential in ((LISTS, {"token": token}), (PAGES, {"cookie": cookie})):
            for call in calls:
                counted = per_request(side.settings, call, asked | credential, scratch, few=5, many=20)
                table.add_row(f"{call.name}: {call.path}", f"{counted:.2f}")
    CONSOLE.print(table)


if __name__ == "__main__":
    main()
