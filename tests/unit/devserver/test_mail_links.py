"""Mails are shown once, as they come: whom they are to, their subject and links."""

from __future__ import annotations

from pathlib import Path

from django.core.mail import EmailMessage, EmailMultiAlternatives

from devserver.mail_files import EmailBackend
from devserver.mail_links import MailLinks

LINK = "http://localhost:8000/confirm-email/#" + "Ab-_" * 30  # longer than a line of a mail may be without being folded


def send(folder: Path, *mails: EmailMessage) -> None:
    EmailBackend(file_path=folder).send_messages(mails)


def test_only_new_mails_are_shown_and_each_once(tmp_path: Path) -> None:
    send(tmp_path, EmailMessage("Old", "", "a@workix.example", ["bob@acme.example"]))
    links = MailLinks(tmp_path)
    send(
        tmp_path,
        EmailMessage("Confirm", f"Grüße,\n\n{LINK}\n", "a@workix.example", ["alice@acme.example"]),
        EmailMessage("News", "No link.", "a@workix.example", ["bob@acme.example", "vera@acme.example"]),
    )
    assert list(links.new()) == [
        f"Mail to alice@acme.example: Confirm\n    {LINK}",
        "Mail to bob@acme.example, vera@acme.example: News",
    ]
    assert list(links.new()) == []


def test_a_mail_with_html_shows_the_links_of_its_plain_text(tmp_path: Path) -> None:
    links = MailLinks(tmp_path)
    mail = EmailMultiAlternatives("Confirm", LINK, "a@workix.example", ["alice@acme.example"])
    mail.attach_alternative(f'<a href="{LINK}">Confirm</a>', "text/html")
    send(tmp_path, mail)
    assert list(links.new()) == [f"Mail to alice@acme.example: Confirm\n    {LINK}"]


def test_a_folder_that_is_not_there_yet_has_no_mails(tmp_path: Path) -> None:
    assert list(MailLinks(tmp_path / "mail").new()) == []
