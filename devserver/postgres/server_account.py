"""The operating-system account PostgreSQL runs as: whoever starts it, but for root, which PostgreSQL refuses."""

from __future__ import annotations

import os
import pwd
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from devserver.postgres.binaries import PostgresUnavailable

UNPRIVILEGED_ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class ServerAccount:
    """A user of the machine. Without a `uid` it is the one we are."""

    name: str
    uid: int | None = None
    gid: int | None = None

    @classmethod
    def choose(cls) -> ServerAccount:
        """Stay who we are, or as root step down to an account without rights.

        :raises PostgresUnavailable: when root finds no account to step down to.
        """
        if os.geteuid() != 0:
            return cls("the current user")
        for name in UNPRIVILEGED_ACCOUNTS:
            with suppress(KeyError):
                entry = pwd.getpwnam(name)
                return cls(name, entry.pw_uid, entry.pw_gid)
        raise PostgresUnavailable("PostgreSQL refuses to run as root: make a user named postgres, or set DATABASE_URL.")

    def run(self, *command: str | Path, output: IO[str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run a program as this account, with an environment of our own: no PG* variable leads it astray."""
        return subprocess.run(
            command,
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
            umask=0o077,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=output or subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def may_enter(self, path: Path) -> bool:
        """Ask the kernel, not the mode bits, whether this account may enter a folder or run a program."""
        return self.run("/bin/sh", "-c", 'test -x "$0"', path).returncode == 0

    def make_folder(self, folder: Path) -> None:
        """Make a folder, and those above it that are missing, so that this account may pass through them."""
        if folder.is_dir():
            return
        self.make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.uid is not None:
            folder.chmod(0o711)

    def chown(self, path: Path) -> None:
        """chown: give this account a file or folder that we made."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)
