"""The bundled (embedded) PostgreSQL: started, stopped, and shared by all processes that name the same folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from devserver.postgres.binaries import PostgresBinaries, PostgresUnavailable, find_binaries
from devserver.postgres.launcher import accepts_connections, launch
from devserver.postgres.location import choose_location, locate
from devserver.postgres.owner_role import make_owner
from devserver.postgres.postmaster import stop_postmaster
from devserver.postgres.server_account import ServerAccount
from devserver.postgres.server_directory import ServerDirectory
from workix.config.database_url import DatabaseAddress


@dataclass(frozen=True)
class Cluster:
    """A running server, and the ways into it. `superuser` is for set-up and tests, `owner` for the platform."""

    host: str
    port: int
    version: tuple[int, ...]
    folder: Path
    superuser: DatabaseAddress
    owner: DatabaseAddress


class EmbeddedPostgres:
    """One server whose data is in `folder`, or where a pointer in it leads.

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
        with _write_faults_as_sentences():
            account.make_folder(self._folder)
            with self._lock():
                directory = self._directory(account)
                if not accepts_connections(directory):
                    launch(directory)
                cluster = self._cluster(directory)
                make_owner(cluster.superuser, cluster.owner)
        return cluster

    def stop(self) -> bool:
        """Shut the server down, ending its sessions; False when it did not run."""
        if not self._folder.exists():
            return False
        with self._lock():
            stopped = [stop_postmaster(data) for data in locate(self._folder).glob("data-*")]
        return any(stopped)

    def is_running(self) -> bool:
        """Tell whether the server runs and takes our password."""
        if not self._folder.exists():
            return False
        with self._lock():
            has_started = (locate(self._folder) / "port").exists()
            return has_started and accepts_connections(self._directory(ServerAccount.choose()))

    def _directory(self, account: ServerAccount) -> ServerDirectory:
        folder = choose_location(self._folder, account)
        binaries = PostgresBinaries.at(self._binaries) if self._binaries else find_binaries()
        if not account.may_enter(binaries.folder / "postgres"):
            binaries = binaries.copied_into(folder)
        return ServerDirectory(folder, account, binaries, self._durable)

    def _cluster(self, directory: ServerDirectory) -> Cluster:
        superuser, owner = directory.address(), directory.address(self._owner, self._database)
        return Cluster(superuser.host, superuser.port, directory.binaries.version, directory.folder, superuser, owner)

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


@contextmanager
def _write_faults_as_sentences() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"The bundled PostgreSQL can't be started here: {error.filename}: {error.strerror}."
        raise PostgresUnavailable(message) from error
