"""The log-in page of the dashboard, for who has not confirmed their address."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail

from tests.acts import rows
from tests.browsers import Browser
from tests.cast import PASSWORD, Api


@pytest.mark.fault("F8")
def test_who_waits_for_their_confirmation_is_told_so_and_offered_another_link(
    database: None, run_jobs: Callable[[], None]
) -> None:
    ida = "ida@initech.example"
    body = {"name": "Initech", "slug": "initech", "admin": {"email": ida, "password": PASSWORD}}
    assert Api().post("organizations/", body).status == 201
    rows("DELETE FROM procrastinate_jobs")
    browser = Browser("initech.localhost")
    assert "Send a new link" not in browser.log_in(ida, "a wrong password, but long").words
    page = browser.log_in(ida)
    assert ("Confirm your e-mail address first" in page.words, "suspended" in page.words) == (True, False)
    assert re.findall(r'data-send="(\S+)"', page.text) == ["/api/v1/auth/confirm-email/resend/"]
    assert re.findall(r'name="email" value="(\S+)"', page.text) == [ida]
    assert Api(host="initech.localhost").post("auth/confirm-email/resend/", {"email": ida}).status == 202
    run_jobs()
    assert [message.to for message in mail.outbox] == [[ida]]
