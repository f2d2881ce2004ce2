"""Where the data directory of the bundled PostgreSQL is: in the folder asked for, or where the server's account may go."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

from devserver.postgres.files import write_file
from devserver.postgres.postmaster import stop_postmaster
from devserver.postgres.server_account import ServerAccount

#: Holds the path of the data where it is elsewhere.
POINTER = "location"
_FORMER_POINTER = "lies-in"  # its name until 2026: without it, an existing database would be taken for an abandoned one
SYSTEM_FOLDER = Path("/var/lib/workix")


def locate(folder: Path) -> Path:
    """Find where the data of `folder` is: in it, or where its pointer leads."""
    if (folder / _FORMER_POINTER).exists():
        (folder / _FORMER_POINTER).replace(folder / POINTER)
    pointer = folder / POINTER
    return Path(pointer.read_text(encoding="utf-8").strip()) if pointer.exists() else folder


def choose_location(folder: Path, account: ServerAccount) -> Path:
    """Decide where the data of `folder` shall be: elsewhere, with a pointer to it, if `account` may not pass there."""
    location = locate(folder)
    if location != folder or account.may_enter(folder):
        return location
    location = _make_location(folder, account)
    write_file(folder / POINTER, f"{location}\n")
    return location


def _make_location(folder: Path, account: ServerAccount) -> Path:
    location = SYSTEM_FOLDER / hashlib.sha256(str(folder).encode(errors="surrogateescape")).hexdigest()[:16]
    try:
        # The pointer is missing, so the folder that this was the data of has been removed: the data goes with it.
        for data in location.glob("data-*"):
            stop_postmaster(data)
        shutil.rmtree(location, ignore_errors=True)
        account.make_folder(location)
    except OSError:
        location = Path(tempfile.mkdtemp(prefix="workix-"))
        location.chmod(0o711)
    return location
