"""Instructions of one request to a feature app (examples/pipelines), beside the same request to the people of the foundation."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table

from benchmarks.clients import Client
from benchmarks.database import throwaway_postgres
from benchmarks.figures import CONSOLE
from benchmarks.instructions import MODULES, per_request
from benchmarks.processes import python, run
from benchmarks.requests import Call
from benchmarks.servers import Server
from benchmarks.sides.side import PASSWORD, PEOPLE
from benchmarks.sides.workix import Workix

TITLE = "Instructions of the Python process for one request, in millions"
ROOM = str(1_000)
NEW_PERSON = f'{{"email": "{{run}}.{{number}}@acme.example.com", "password": "{PASSWORD}", "first_name": "Ada"}}'


def main() -> None:
    with throwaway_postgres() as (cluster, scratch):
        side = Workix(cluster.owner, cluster.superuser, scratch)
        side.settings["DJANGO_SETTINGS_MODULE"] = "benchmarks.sides.feature_app_settings"
        counted = _count(side, scratch)
    table = Table(title=TITLE)
    for column in ("call", "people", "pipelines", "pipelines / people"):
        table.add_column(column, justify="left" if column == "call" else "right")
    for name, people, pipelines in counted:
        table.add_row(name, f"{people:.2f}", f"{pipelines:.2f}", f"{pipelines / people:.3f}")
    CONSOLE.print(table)


def _count(side: Workix, scratch: Path) -> list[tuple[str, float, float]]:
    side.set_up()
    launch = side.launch()
    with Server(launch) as server:
        token = side.prepare(server)
        run(
            python(
                "manage.py", "set_plan", "acme", "enterprise", "--users", ROOM, "--pipelines", ROOM, "--reason", "bench"
            ),
            side.settings,
        )
        with server.client(token) as client:
            pairs = _pairs(client)
    asked = {"module": MODULES[side.name], "host": launch.host, "token": token}
    return [
        (name, *(per_request(launch.settings, call, asked, scratch) for call in (people, pipelines)))
        for name, people, pipelines in pairs
    ]


def _pairs(client: Client) -> list[tuple[str, Call, Call]]:
    """Add as many pipelines as there are people; return what is compared. Lists come first, while both are as long."""
    made = [
        client.call("POST", "/api/v1/pipelines/", {"name": f"Flow {number}"}, expect=201) for number in range(PEOPLE)
    ]
    person = client.call("GET", "/api/v1/users/")["results"][-1]["id"]
    users, pipelines = "/api/v1/users/", "/api/v1/pipelines/"
    return [
        ("list of 20", Call("", "GET", users), Call("", "GET", pipelines)),
        (
            "PATCH",
            Call("", "PATCH", f"{users}{person}/", '{"last_name": "Lovelace {number}"}'),
            Call("", "PATCH", f"{pipelines}{made[0]['id']}/", '{"name": "Flow {run} {number}"}'),
        ),
        ("POST", Call("", "POST", users, NEW_PERSON), Call("", "POST", pipelines, '{"name": "Flow {run} {number}"}')),
    ]


if __name__ == "__main__":
    main()
