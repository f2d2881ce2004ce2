"""The e-mail backend: each mail is sent with the credentials that EMAIL_URL names by then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import get_connection
from pytest_django import Settings

from workix.config.environment import read
from workix.config.secrets import replace_secret

BACKEND = "workix.web.email_backend.EmailBackend"


def sent_by(**options: Any) -> tuple[Any, ...]:
    made: Any = get_connection(BACKEND, **options)
    return made.host, made.port, made.username, made.password, made.use_ssl, made.use_tls


def test_a_mail_is_sent_with_what_is_in_the_file_by_now(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "email_url"
    file.write_text("smtps://mailer:old@mail.example")
    settings.WORKIX = read({"EMAIL_URL_FILE": str(file)}, base=tmp_path)
    assert sent_by() == ("mail.example", 465, "mailer", "old", True, False)
    assert sent_by(username="else", password=None, host=None)[:4] == ("mail.example", 465, "else", "old")

    monkeypatch.setattr("workix.config.secrets.SEEN_WITHIN", 0)
    replace_secret(file, "submission://mailer:new@relay.example")
    assert sent_by() == ("relay.example", 587, "mailer", "new", False, True)
    replace_secret(file, "http://nonsense")
    assert sent_by()[3] == "new", "what is no address is told in the log, and the one before holds"
    assert "new" not in repr(settings.WORKIX.email_url)


def test_what_is_in_a_variable_stays(tmp_path: Path, settings: Settings) -> None:
    settings.WORKIX = read({"EMAIL_URL": "smtp://a:b@mail.example"}, base=tmp_path)
    assert sent_by() == ("mail.example", 25, "a", "b", False, False)
