"""Where the bundled PostgreSQL keeps its data, port, passwords and log."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from devserver.postgres.binaries import PostgresBinaries, PostgresUnavailable
from devserver.postgres.postmaster import pid_file_of, stop_postmaster
from devserver.postgres.server_account import ServerAccount
from workix.foundation.database_address import Secret
from workix.foundation.secret_files import keep_secret, make_password

HOST = "127.0.0.1"
SUPERUSER = "postgres"
POINTER = "lies-in"
SHELTERS = Path("/var/lib/workix")

_ACCESS_RULES = f"# Nobody is trusted: loopback only, and a password always.\nhost all all {HOST}/32 scram-sha-256\n"
_SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "200",
    "max_locks_per_transaction": "256",
    "max_prepared_transactions": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
_SETTINGS_SINCE_16 = {"scram_iterations": "64"}  # Enough for passwords of 256 random bits, and log-ins stay quick.
_SETTINGS_FOR_THROW_AWAY_DATA = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class PostgresHome:
    """One folder, `account` being able to reach it, with one data folder for each major version of `binaries`."""

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

    def password(self, role: str) -> Secret:
        return keep_secret(self.folder / f"{role}.password", make_password)

    def furnish(self) -> None:
        """Put everything in place for a start: data, rules of access, settings, a port that is free."""
        if not self.data.exists():
            self._initialize()
        if self.port is None or not _is_free(self.port):
            _write(self.folder / "port", f"{_free_port()}\n")
        settings = {**_SETTINGS, "port": str(self.port)}
        if self.binaries.major >= 16:
            settings |= _SETTINGS_SINCE_16
        if not self.durable:
            settings |= _SETTINGS_FOR_THROW_AWAY_DATA
        lines = [f"{name} = '{value}'\n" for name, value in settings.items()]
        self._hand_over(self.data / "postgresql.conf", "".join(lines))
        self._hand_over(self.data / "pg_hba.conf", _ACCESS_RULES)

    def remember_port(self) -> None:
        """Believe the running server, which writes its port on the fourth line, rather than our own note of it."""
        lines = pid_file_of(self.data).read_text().splitlines()
        if len(lines) > 3:
            _write(self.folder / "port", f"{lines[3]}\n")

    def disown_pid_file(self) -> None:
        """Replace the process id in a pid file that outlived its server by our own.

        PostgreSQL believes any living process, but not the one that launches it. The rest of the file must stay: by the
        shared memory it names, PostgreSQL sees whether children of the dead server still write to the data.
        """
        pid_file = pid_file_of(self.data)
        if pid_file.exists():
            _, newline, rest = pid_file.read_text().partition("\n")
            self._hand_over(pid_file, f"{os.getpid()}{newline}{rest}")

    def _initialize(self) -> None:
        for left_behind in self.folder.glob(".draft-*"):
            shutil.rmtree(left_behind, ignore_errors=True)
        # A name of its own: after a kill -9 of the launcher, its initdb may still be at work in the last draft.
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=self.folder))
        self.account.own(draft)
        self._hand_over(draft / "password", self.password(SUPERUSER).reveal())
        for locale in ("--locale=C.UTF-8", "--no-locale"):
            answer = self._initdb(draft, locale)
            if answer.returncode == 0:
                break
        else:
            raise PostgresUnavailable(f"PostgreSQL could not make its data folder:\n{answer.stdout}")
        (draft / "data").rename(self.data)
        shutil.rmtree(draft)

    def _initdb(self, draft: Path, locale: str) -> subprocess.CompletedProcess[str]:
        return self.account.run(
            self.binaries.folder / "initdb",
            f"--pgdata={draft / 'data'}",
            f"--username={SUPERUSER}",
            f"--pwfile={draft / 'password'}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=libc",
            locale,
            *([] if self.durable else ["--no-sync"]),
        )

    def _hand_over(self, file: Path, text: str) -> None:
        _write(file, text, self.account)


def find_home(folder: Path) -> Path:
    """Find where the data of `folder` lies: in it, or where its pointer leads."""
    pointer = folder / POINTER
    return Path(pointer.read_text().strip()) if pointer.exists() else folder


def settle(folder: Path, account: ServerAccount) -> Path:
    """Decide where the data of `folder` shall lie: elsewhere, with a pointer to it, if `account` may not pass there."""
    home = find_home(folder)
    if home != folder or account.may_enter(folder):
        return home
    home = _shelter_for(folder, account)
    _write(folder / POINTER, f"{home}\n")
    return home


def _shelter_for(folder: Path, account: ServerAccount) -> Path:
    shelter = SHELTERS / hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    try:
        # The pointer is missing, so the folder that this was the data of has been removed: the data goes with it.
        for data in shelter.glob("data-*"):
            stop_postmaster(data)
        shutil.rmtree(shelter, ignore_errors=True)
        account.make_folder(shelter)
    except OSError:
        shelter = Path(tempfile.mkdtemp(prefix="workix-"))
        shelter.chmod(0o711)
    return shelter


def _write(file: Path, text: str, owner: ServerAccount | None = None) -> None:
    """Write a file whole or not at all, for us or for `owner`."""
    draft = file.with_name(f".{file.name}.draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as stream:
        stream.write(text)
    if owner:
        owner.own(draft)
    draft.replace(file)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
