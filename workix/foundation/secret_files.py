"""Makes a secret once and keeps it in a file only its owner may read."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from workix.foundation.database_address import Secret


def keep_secret(file: Path, make: Callable[[], str]) -> Secret:
    """Read the secret in `file`, made first when there is none. All who race for it get the same one.

    :raises OSError: when the file can neither be read nor made.
    """
    try:
        return read_secret(file)
    except FileNotFoundError:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _put_if_absent(file, make())
        return read_secret(file)


def read_secret(file: Path) -> Secret:
    """Read a secret, without the newline an editor left behind it."""
    return Secret(file.read_text(encoding="utf-8").rstrip("\r\n"))


def make_password() -> str:
    """Draw 256 bits, in letters that are safe in a URL."""
    return secrets.token_urlsafe(32)


def _put_if_absent(file: Path, text: str) -> None:
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        # A link, unlike a rename, fails when the name is taken: the first of two wins, and nobody reads half a file.
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
