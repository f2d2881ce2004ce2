"""The folder of the bundled PostgreSQL: data directories, port, passwords, log, postmaster.pid."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from devserver.ports import find_free_port, why_unusable
from devserver.postgres.binaries import PostgresBinaries
from devserver.postgres.configuration import HOST, PG_HBA_CONF, postgresql_conf
from devserver.postgres.files import write_file
from devserver.postgres.initdb import SUPERUSER, make_data_directory
from devserver.postgres.postmaster import pid_file_of
from devserver.postgres.server_account import ServerAccount
from workix.config.database_url import DatabaseAddress
from workix.config.secrets import Secret, keep_secret, make_password

_OPTIONS = {"sslmode": "disable", "gssencmode": "disable", "connect_timeout": "5"}


@dataclass(frozen=True)
class ServerDirectory:
    """A folder `account` can reach, with one data directory for each major version of `binaries`."""

    folder: Path
    account: ServerAccount
    binaries: PostgresBinaries
    durable: bool

    @property
    def data(self) -> Path:
        return self.folder / f"data-{self.binaries.major}"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def port(self) -> int | None:
        try:
            return int((self.folder / "port").read_text())
        except (FileNotFoundError, ValueError):
            return None

    def address(self, role: str = SUPERUSER, database: str = "postgres") -> DatabaseAddress:
        """Return a role's way in; its password is drawn when it is first asked for."""
        return DatabaseAddress(HOST, self.port or 0, database, role, self._password(role), _OPTIONS)

    def configure(self) -> None:
        """Put everything in place for a start: data directory, pg_hba.conf, postgresql.conf, a port that is free."""
        if not self.data.exists():
            make_data_directory(
                self.data,
                binaries=self.binaries,
                account=self.account,
                password=self._password(SUPERUSER),
                durable=self.durable,
            )
        port = self.port
        if port is None or why_unusable(f"{HOST}:{port}"):
            port = find_free_port()
            write_file(self.folder / "port", f"{port}\n")
        settings = postgresql_conf(port=port, major=self.binaries.major, durable=self.durable)
        write_file(self.data / "postgresql.conf", settings, self.account)
        write_file(self.data / "pg_hba.conf", PG_HBA_CONF, self.account)

    def remember_port(self) -> None:
        """Believe the running server, which writes its port on the fourth line, rather than our own note of it."""
        lines = pid_file_of(self.data).read_text().splitlines()
        if len(lines) > 3:
            write_file(self.folder / "port", f"{lines[3]}\n")

    def release_pid_file(self) -> None:
        """Replace the process id in a postmaster.pid that outlived its server by our own.

        PostgreSQL believes any living process, but not the one that launches it. The rest of the file must stay: by the
        shared memory it names, PostgreSQL sees whether children of the dead server still write to the data.
        """
        pid_file = pid_file_of(self.data)
        if pid_file.exists():
            _, newline, rest = pid_file.read_text().partition("\n")
            write_file(pid_file, f"{os.getpid()}{newline}{rest}", self.account)

    def _password(self, role: str) -> Secret:
        return keep_secret(self.folder / f"{role}.password", make_password)
