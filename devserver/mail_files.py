"""Mails as files, for development: one file a mail under var/mail, and its links on the terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend as FileBackend

from workix.foundation.records import uuid7

_LINK = re.compile(r"https?://\S+")


class EmailBackend(FileBackend):
    """Chosen only where no mail server is set, which production refuses."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        sent = 0
        for message in email_messages:
            sent += super().send_messages([message]) or 0
            links = "".join(f"\n    {link}" for link in _LINK.findall(str(message.body)))
            print(f"Mail to {', '.join(message.to)}: {message.subject}{links}", file=sys.stderr, flush=True)  # noqa: T201
        return sent

    def _get_filename(self) -> str:
        """Name a new file for each mail; the base class would put all mails of one second into one."""
        return str(Path(self.file_path) / f"{uuid7()}.eml")
