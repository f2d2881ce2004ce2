"""PgBouncer as it is deployed (deploy/pgbouncer/), in front of a server of the tests."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from devserver.postgres.server import Cluster
from devserver.postgres.server_account import ServerAccount
from tests.drills.programs import run_psql
from tests.environment import PROJECT
from tests.servers import PATIENCE_SECONDS, free_port, wait_for
from workix.config.database_url import DatabaseAddress
from workix.config.secrets import Secret

DEPLOYED = PROJECT / "deploy" / "pgbouncer"
PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin:/usr/local/sbin")
PASSWORD = "only-for-tests"
#: Who may look at PgBouncer's own tables, with the password above.
CONSOLE = "workix_pgbouncer"


def set_up(cluster: Cluster, *, prefix: str) -> None:
    """Do what the operations page says to do once, as a superuser."""
    database = replace(cluster.superuser, name=cluster.owner.name)
    run_psql(database, "--set", f"password={PASSWORD}", "--set", f"prefix={prefix}", "--file", DEPLOYED / "set_up.sql")


@contextmanager
def pgbouncer(cluster: Cluster, **changes: str) -> Iterator[DatabaseAddress]:
    """Run it; yields its own console's address. `changes` are settings that differ from the deployed ones."""
    assert PROGRAM is not None
    account = ServerAccount.choose()
    with TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        (folder / "userlist.txt").write_text(f'"{CONSOLE}" "{PASSWORD}"\n')
        (folder / "pgbouncer.ini").write_text(_configuration(cluster, folder, port, changes))
        for path in (folder, *folder.iterdir()):
            account.chown(path)
        command = [PROGRAM, folder / "pgbouncer.ini"]
        with (PROJECT / "var" / "test" / "pgbouncer.log").open("a") as log:
            process = subprocess.Popen(command, user=account.uid, group=account.gid, stdout=log, stderr=log)
        try:
            console = DatabaseAddress("127.0.0.1", port, "pgbouncer", CONSOLE, Secret(PASSWORD))
            wait_for(lambda: socket.create_connection(("127.0.0.1", port))).close()
            yield console
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


def shown(console: DatabaseAddress, what: str) -> list[dict[str, object]]:
    """Ask PgBouncer's console for one of its tables."""
    parameters = console.connection_parameters()
    with psycopg.connect(**parameters, autocommit=True, cursor_factory=psycopg.ClientCursor) as session:  # type: ignore[arg-type]  # libpq's own names
        cursor = session.execute(f"SHOW {what}")  # type: ignore[arg-type]  # ours
        columns = [each.name for each in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor]


def _configuration(cluster: Cluster, folder: Path, port: int, changes: dict[str, str]) -> str:
    """Fill in where the server is and where files lie. The rest is as it is deployed."""
    name, query = cluster.owner.name, changes.pop("connect_query", "SELECT pgbouncer.begin_session()")
    deployed = (DEPLOYED / "pgbouncer.ini").read_text()
    values = {
        "workix": f"host={cluster.host} port={cluster.port} dbname={name} connect_query='{query}'",
        "listen_port": str(port),
        "auth_file": str(folder / "userlist.txt"),
        **changes,
    }
    for setting, value in values.items():
        deployed, found = re.subn(rf"(?m)^{setting} = .*$", lambda _, line=f"{setting} = {value}": line, deployed)  # type: ignore[misc]
        assert found == 1, setting
    return f"{deployed}\nunix_socket_dir =\nadmin_users = {CONSOLE}\n"
