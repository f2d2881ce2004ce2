"""Mails as files: one a mail, and not a word of them in any log."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.mail import EmailMessage

from devserver.mail_files import EmailBackend

LINK = "http://localhost:8000/confirm-email/#abc"
MAILS = (
    EmailMessage("Confirm", f"Hello,\n\n{LINK}\n", "a@workix.example", ["alice@acme.example"]),
    EmailMessage("News", "No link.", "a@workix.example", ["bob@acme.example", "vera@acme.example"]),
)


@pytest.mark.fault("F13")
def test_each_mail_is_a_file_and_nothing_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert EmailBackend(file_path=tmp_path / "mail").send_messages(MAILS) == 2
    files = sorted((tmp_path / "mail").iterdir())
    assert [("Subject: Confirm" in file.read_text(), LINK in file.read_text()) for file in files] == [
        (True, True),
        (False, False),
    ]
    assert {file.suffix for file in files} == {".eml"}
    assert capsys.readouterr() == ("", "")


def test_no_mail_leaves_no_file(tmp_path: Path) -> None:
    assert EmailBackend(file_path=tmp_path).send_messages([]) == 0
    assert list(tmp_path.iterdir()) == []
