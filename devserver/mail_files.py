"""Email backend of a development machine: one file a mail under var/mail, and nothing in any log."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from workix.core.models import uuid7


class EmailBackend(BaseEmailBackend):
    """Chosen only where no mail server is set, which production refuses. Names sort by time."""

    def __init__(self, *args: Any, file_path: str | Path | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self._folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = self._folder / f"{time.time_ns()}-{uuid7()}.eml"
            # Whoever watches the folder sees whole mails only.
            draft = file.with_suffix(".draft")
            draft.write_bytes(message.message().as_bytes())
            draft.replace(file)
        return len(email_messages)
