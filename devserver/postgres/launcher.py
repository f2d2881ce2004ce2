"""Starts the server of a data directory with pg_ctl, and tells (pg_isready, data_directory) whether it is ours that runs."""

# Note [Who runs, and who only looks alike]
# A pid file outlives a killed server, and its number may be another process's by now; a port may be answered by a
# stranger. So a server is ours when `pg_isready` reaches it, it takes our password, and it names our data directory. A
# process is ours when the pid file names it and its own command line names our data directory. Whoever wants to start
# or stop holds the lock.

from __future__ import annotations

import time

import psycopg

from devserver.postgres.binaries import PostgresUnavailable
from devserver.postgres.configuration import HOST
from devserver.postgres.owner_role import connect
from devserver.postgres.postmaster import TIMEOUT_SECONDS, end_orphans, find_postmaster
from devserver.postgres.server_directory import ServerDirectory

_MOST_LAUNCHES = 10
_PAUSE_SECONDS = 0.3


def accepts_connections(directory: ServerDirectory) -> bool:
    """See Note [Who runs, and who only looks alike]."""
    if directory.port is None or not directory.data.exists():
        return False
    address = (f"--host={HOST}", f"--port={directory.port}", "--timeout=1")
    ready = directory.account.run(directory.binaries.folder / "pg_isready", "--quiet", *address)
    if ready.returncode != 0:
        return False
    try:
        with connect(directory.address()) as connection:
            answer = connection.execute("SHOW data_directory").fetchone()
    except psycopg.OperationalError:
        return False
    return answer == (str(directory.data),)


def launch(directory: ServerDirectory) -> None:
    """Launch the server, again where the port was snatched away or children of a killed server still hold the data.

    :raises PostgresUnavailable: with the end of its log, when it does not start.
    """
    launches, deadline = 0, time.monotonic() + TIMEOUT_SECONDS
    while launches < _MOST_LAUNCHES and time.monotonic() < deadline:
        if find_postmaster(directory.data):
            directory.remember_port()
        else:
            launches += 1
            _start_postmaster(directory)
        if accepts_connections(directory):
            return
        time.sleep(_PAUSE_SECONDS)
    last_lines = "\n".join(directory.log.read_text(errors="replace").splitlines()[-5:])
    raise PostgresUnavailable(f"The bundled PostgreSQL does not start; {directory.log} ends with:\n{last_lines}")


def _start_postmaster(directory: ServerDirectory) -> None:
    directory.configure()
    directory.release_pid_file()
    end_orphans(directory.data)
    directory.log.touch(mode=0o600)
    with directory.log.open("a") as log:
        # pg_ctl makes the server the leader of a session of its own: it survives the launcher and a Ctrl-C.
        command = ("start", "--wait", "--timeout=60", "--silent", f"--pgdata={directory.data}")
        directory.account.run(directory.binaries.folder / "pg_ctl", *command, output=log)
