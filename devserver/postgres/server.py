"""Starts the bundled PostgreSQL when DATABASE_URL is unset."""

from __future__ import annotations

import argparse
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from devserver.postgres.binaries import PostgresBinaries, PostgresUnavailable, find_binaries
from devserver.postgres.postmaster import PATIENCE_SECONDS, end_orphans, find_postmaster, stop_postmaster
from devserver.postgres.server_account import ServerAccount
from devserver.postgres.server_directory import HOST, SUPERUSER, PostgresHome, find_home, settle
from workix.foundation.database_address import DatabaseAddress

# Note [Who runs, and who only looks alike]
# A pid file outlives a killed server, and its number may be another process's by now; a port may be answered by a
# stranger. So a server is ours when `pg_isready` reaches it, it takes our password, and it names our data folder. A
# process is ours when the pid file names it and its own command line names our data folder. Whoever wants to start or
# stop holds the lock.

_MOST_LAUNCHES = 10
_PAUSE_SECONDS = 0.3


@dataclass(frozen=True)
class Cluster:
    """A running server, and the ways into it. `superuser` is for set-up and tests, `owner` for the platform."""

    host: str
    port: int
    version: tuple[int, ...]
    home: Path
    superuser: DatabaseAddress
    owner: DatabaseAddress


class EmbeddedPostgres:
    """One server whose data lies in `folder`, shared by all processes that name the same folder.

    `durable=False` is for throw-away data: quicker, and lost when the machine loses power.
    """

    def __init__(
        self,
        folder: Path,
        *,
        binaries: Path | None = None,
        durable: bool = True,
        owner: str = "workix_owner",
        database: str = "workix",
    ) -> None:
        self._folder = folder.resolve()
        self._binaries = binaries
        self._durable = durable
        self._owner = owner
        self._database = database

    def start(self) -> Cluster:
        """Bring the server up, unless it is, with its owner role and database.

        :raises PostgresUnavailable: when it cannot run here; the message says what to do.
        """
        account = ServerAccount.choose()
        account.make_folder(self._folder)
        with self._lock():
            home = self._home(account)
            if not _answers(home):
                _bring_up(home)
            cluster = self._cluster(home)
            _make_owner(cluster)
        return cluster

    def stop(self) -> bool:
        """Shut the server down, ending its sessions; False when it did not run."""
        if not self._folder.exists():
            return False
        with self._lock():
            stopped = [stop_postmaster(data) for data in find_home(self._folder).glob("data-*")]
        return any(stopped)

    def is_running(self) -> bool:
        """Tell whether the server runs and takes our password."""
        if not self._folder.exists():
            return False
        with self._lock():
            return (find_home(self._folder) / "port").exists() and _answers(self._home(ServerAccount.choose()))

    def _home(self, account: ServerAccount) -> PostgresHome:
        folder = settle(self._folder, account)
        binaries = self._found_binaries()
        if not account.may_enter(binaries.folder / "postgres"):
            binaries = binaries.copied_into(folder)
        return PostgresHome(folder, account, binaries, self._durable)

    def _found_binaries(self) -> PostgresBinaries:
        return PostgresBinaries.at(self._binaries) if self._binaries else find_binaries()

    def _cluster(self, home: PostgresHome) -> Cluster:
        superuser = _superuser(home)
        owner = DatabaseAddress(
            HOST, superuser.port, self._database, self._owner, home.password(self._owner), superuser.options
        )
        return Cluster(HOST, superuser.port, home.binaries.version, home.folder, superuser, owner)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        try:
            lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except PermissionError:
            raise PostgresUnavailable(
                f"{self._folder} belongs to another user: run this as that user, or remove the folder."
            ) from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


@cache
def ensure_running(folder: Path, *, durable: bool = True) -> Cluster:
    """Start the server of `folder`, or remember that this process has."""
    return EmbeddedPostgres(folder, durable=durable).start()


def forget() -> None:
    """Have the next `ensure_running` look again: a connection was refused."""
    ensure_running.cache_clear()


def _superuser(home: PostgresHome) -> DatabaseAddress:
    options = {"sslmode": "disable", "gssencmode": "disable", "connect_timeout": "5"}
    return DatabaseAddress(HOST, home.port or 0, "postgres", SUPERUSER, home.password(SUPERUSER), options)


def _connect(address: DatabaseAddress) -> psycopg.Connection:
    return psycopg.connect(autocommit=True, **address.connection_parameters())  # type: ignore[arg-type]


def _answers(home: PostgresHome) -> bool:
    """See Note [Who runs, and who only looks alike]."""
    if home.port is None or not home.data.exists():
        return False
    address = (f"--host={HOST}", f"--port={home.port}", "--timeout=1")
    ready = home.account.run(home.binaries.folder / "pg_isready", "--quiet", *address)
    if ready.returncode != 0:
        return False
    try:
        with _connect(_superuser(home)) as connection:
            answer = connection.execute("SHOW data_directory").fetchone()
    except psycopg.OperationalError:
        return False
    return answer == (str(home.data),)


def _bring_up(home: PostgresHome) -> None:
    """Launch the server, again where the port was snatched away or children of a killed server still hold the data."""
    launches, deadline = 0, time.monotonic() + PATIENCE_SECONDS
    while launches < _MOST_LAUNCHES and time.monotonic() < deadline:
        if find_postmaster(home.data):
            home.remember_port()
        else:
            launches += 1
            _launch(home)
        if _answers(home):
            return
        time.sleep(_PAUSE_SECONDS)
    last_words = "\n".join(home.log.read_text(errors="replace").splitlines()[-5:])
    raise PostgresUnavailable(f"The bundled PostgreSQL does not start; {home.log} ends with:\n{last_words}")


def _launch(home: PostgresHome) -> None:
    home.furnish()
    home.disown_pid_file()
    end_orphans(home.data)
    home.log.touch(mode=0o600)
    with home.log.open("a") as log:
        # pg_ctl makes the server the leader of a session of its own: it survives the launcher and a Ctrl-C.
        command = ("start", "--wait", "--timeout=60", "--silent", f"--pgdata={home.data}")
        home.account.run(home.binaries.folder / "pg_ctl", *command, output=log)


def _make_owner(cluster: Cluster) -> None:
    """Make the owner role and its database, where they are missing."""
    role, database = sql.Identifier(cluster.owner.user), sql.Identifier(cluster.owner.name)
    with _connect(cluster.superuser) as connection:
        if _lacks(connection, "SELECT FROM pg_roles WHERE rolname = %s", cluster.owner.user):
            connection.execute(_role_statement(connection, cluster.owner))
        if _lacks(connection, "SELECT WHERE has_parameter_privilege(%s, 'temp_file_limit', 'SET')", cluster.owner.user):
            connection.execute(sql.SQL("GRANT SET ON PARAMETER temp_file_limit TO {}").format(role))
        if _lacks(connection, "SELECT FROM pg_database WHERE datname = %s", cluster.owner.name):
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))


def _lacks(connection: psycopg.Connection, query: LiteralString, name: str) -> bool:
    return connection.execute(query, [name]).rowcount == 0


def _role_statement(connection: psycopg.Connection, owner: DatabaseAddress) -> sql.Composed:
    """Carry the password as the verifier the server would store, so that no log can learn it."""
    password, role = owner.password.reveal().encode(), owner.user.encode()
    verifier = connection.pgconn.encrypt_password(password, role, b"scram-sha-256")
    statement = sql.SQL("CREATE ROLE {} LOGIN CREATEROLE NOSUPERUSER NOCREATEDB NOREPLICATION NOBYPASSRLS PASSWORD {}")
    return statement.format(sql.Identifier(owner.user), verifier.decode())


def _start(server: EmbeddedPostgres) -> str:
    cluster = server.start()
    version = ".".join(map(str, cluster.version))
    return f"PostgreSQL {version} runs on {cluster.host}:{cluster.port}; its data lies in {cluster.home}."


def _stop(server: EmbeddedPostgres) -> str:
    return "PostgreSQL has stopped." if server.stop() else "PostgreSQL did not run."


def _status(server: EmbeddedPostgres) -> str:
    return "PostgreSQL runs." if server.is_running() else "PostgreSQL does not run."


def _url(server: EmbeddedPostgres) -> str:
    return server.start().owner.url().reveal()


_COMMANDS: dict[str, Callable[[EmbeddedPostgres], str]] = {
    "start": _start,
    "stop": _stop,
    "status": _status,
    "url": _url,
}


def main() -> None:
    """Serve the Makefile and a curious operator."""
    parser = argparse.ArgumentParser(prog="embedded_postgres", description=__doc__)
    parser.add_argument("command", choices=_COMMANDS)
    parser.add_argument("--folder", type=Path, default=Path("var/postgres"), help="default: var/postgres")
    asked = parser.parse_args()
    try:
        print(_COMMANDS[asked.command](EmbeddedPostgres(asked.folder)))  # noqa: T201  # what the caller asked for
    except PostgresUnavailable as refusal:
        parser.exit(1, f"{refusal}\n")


if __name__ == "__main__":
    main()
