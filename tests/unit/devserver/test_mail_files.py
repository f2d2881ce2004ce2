"""Mails as files: one a mail, its links on the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.mail import EmailMessage

from devserver.mail_files import EmailBackend


def test_each_mail_is_a_file_and_its_links_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link = "http://localhost:8000/confirm-email/#abc"
    mails = [
        EmailMessage("Confirm", f"Hello,\n\n{link}\n", "a@workix.example", ["alice@acme.example"]),
        EmailMessage("News", "No link.", "a@workix.example", ["bob@acme.example", "vera@acme.example"]),
    ]
    assert EmailBackend(file_path=tmp_path).send_messages(mails) == 2
    files = sorted(path.read_text() for path in tmp_path.iterdir())
    assert sorted("Subject: Confirm" in text for text in files) == [False, True]
    assert capsys.readouterr().err == (
        f"Mail to alice@acme.example: Confirm\n    {link}\nMail to bob@acme.example, vera@acme.example: News\n"
    )


def test_no_mail_leaves_no_file(tmp_path: Path) -> None:
    assert EmailBackend(file_path=tmp_path).send_messages([]) == 0
    assert list(tmp_path.iterdir()) == []
