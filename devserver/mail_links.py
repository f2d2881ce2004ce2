"""Shows mails as they come into var/mail: whom each is to, its subject and its links, which may be used once."""

# Note [Links are no log lines]
# The links of a mail carry live tokens. So no process that logs prints them: `manage.py run` looks into the folder and
# shows them to who sits at its terminal, and log files never hold one.

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

_LINK = re.compile(r"https?://\S+")


class MailLinks:
    """The mails of a folder that were not there when this was made."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen = self._names()

    def new(self) -> Iterator[str]:
        """Describe each mail that came since the last look, in the order they were written."""
        names = self._names()
        for name in sorted(names - self._seen):
            yield describe((self._folder / name).read_bytes())
        self._seen = names

    def _names(self) -> set[str]:
        return {file.name for file in self._folder.glob("*.eml")}


def describe(mail: bytes) -> str:
    """Write a mail's receiver, subject and links."""
    message = email.message_from_bytes(mail, _class=EmailMessage, policy=email.policy.default)
    body = message.get_body(["plain"])
    links = _LINK.findall(body.get_content()) if body else []
    return f"Mail to {message['to']}: {message['subject']}" + "".join(f"\n    {link}" for link in links)
