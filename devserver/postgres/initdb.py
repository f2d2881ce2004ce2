"""Makes a data directory (PGDATA) with initdb."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from devserver.postgres.binaries import PostgresBinaries, PostgresUnavailable
from devserver.postgres.files import write_file
from devserver.postgres.server_account import ServerAccount
from workix.config.secrets import Secret

SUPERUSER = "postgres"
REMOVAL_SECONDS = 10


def make_data_directory(
    data: Path, *, binaries: PostgresBinaries, account: ServerAccount, password: Secret, durable: bool
) -> None:
    """Make `data`, owned by `account`: all of it is there, or nothing.

    :raises PostgresUnavailable: with what initdb said.
    """
    _remove_drafts(data.parent)
    # A name of its own: after a kill -9 of the launcher, its initdb may still be at work in the last draft.
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=data.parent))
    account.chown(draft)
    write_file(draft / "password", password.reveal(), account)
    for locale in ("--locale=C.UTF-8", "--no-locale"):
        outcome = _initdb(draft, binaries, account, locale, *([] if durable else ["--no-sync"]))
        if outcome.returncode == 0:
            break
    else:
        raise PostgresUnavailable(f"PostgreSQL could not make its data directory:\n{outcome.stdout}")
    (draft / "data").rename(data)
    _remove_drafts(data.parent)


def _remove_drafts(folder: Path) -> None:
    """Remove what this launcher and killed ones have left: an initdb still at work there ends at its next file."""
    give_up = time.monotonic() + REMOVAL_SECONDS
    while (drafts := list(folder.glob(".draft-*"))) and time.monotonic() < give_up:
        for draft in drafts:
            shutil.rmtree(draft, ignore_errors=True)  # fails where initdb makes a file meanwhile: once more, then


def _initdb(
    draft: Path, binaries: PostgresBinaries, account: ServerAccount, *options: str
) -> subprocess.CompletedProcess[str]:
    return account.run(
        binaries.folder / "initdb",
        f"--pgdata={draft / 'data'}",
        f"--username={SUPERUSER}",
        f"--pwfile={draft / 'password'}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=libc",
        *options,
    )
