"""Finds the links in mails that were written into files."""

from __future__ import annotations

import email
import email.policy
import re
from pathlib import Path


def find_link(folder: Path, address: str, page: str = "confirm-email") -> str | None:
    """Return the token of the link to a page that was sent to an address; None while there is none."""
    for path in sorted(folder.glob("*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = message.get_body(("plain",))
        found = re.search(rf"/{page}/#(\S+)", body.get_content()) if body and message["To"] == address else None
        if found:
            return found[1]
    return None
