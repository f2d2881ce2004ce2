"""Writes configuration files of PostgreSQL: whole or not at all, readable by their owner only."""

from __future__ import annotations

import os
from pathlib import Path

from devserver.postgres.server_account import ServerAccount


def write_file(file: Path, text: str, owner: ServerAccount | None = None) -> None:
    """Write a file for us or for `owner`; whoever reads it meanwhile sees the old text or the new."""
    draft = file.with_name(f".{file.name}.draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as stream:
        stream.write(text)
    if owner:
        owner.chown(draft)
    draft.replace(file)
