"""My account: profile, password, second factors and sessions of whoever is logged in, whatever their role."""

from __future__ import annotations

import re

import pytest

from tests.acts import rows, statements_of
from tests.browsers import Browser, browser_of
from tests.cast import OTTO, Cast, hire_otto
from tests.integration.accounts.second_factors.phones import give_phone

ACCOUNT, SESSIONS = "/admin/account/", "/admin/account/sessions/"


@pytest.fixture
def bob(acme: Cast) -> Browser:
    """Bob is a user: the dashboard is closed to him, his account is not."""
    browser = Browser(acme.host)
    assert browser.log_in("bob@acme.example", to=ACCOUNT).goes_to == ACCOUNT
    return browser


def test_who_may_not_enter_the_dashboard_has_an_account_and_nothing_else(bob: Browser) -> None:
    page = bob.get(ACCOUNT)
    assert page.status == 200
    assert "bob@acme.example, user" in page.words
    assert "Audit trail" not in page.words, "no sidebar"
    assert bob.get("/admin/").goes_to == "/admin/login/?next=/admin/"
    assert [bob.get(path).status for path in ("/admin/password_change/", "/admin/second-factors/")] == [200, 200]
    assert [bob.get(path).status for path in ("/admin/accounts/user/", "/admin/policies/")] == [302, 302]


def test_one_changes_ones_own_name_and_nothing_else(acme: Cast, bob: Browser) -> None:
    answer = bob.post(ACCOUNT, first_name="Robert", last_name="Roe", role="admin", email="x@acme.example", is_active="")
    assert answer.goes_to == ACCOUNT
    changed = "SELECT first_name, last_name, role, is_active FROM users WHERE email = 'bob@acme.example'"
    assert rows(changed, acme) == [("Robert", "Roe", "user", True)]
    assert "Your name is saved." in bob.get(ACCOUNT).words


@pytest.mark.parametrize("name", ["x" * 101, "two\nlines", "a\x00b"])
def test_what_is_no_name_is_refused(acme: Cast, bob: Browser, name: str) -> None:
    assert bob.post(ACCOUNT, first_name=name, last_name="").status == 200
    assert rows("SELECT first_name FROM users WHERE email = 'bob@acme.example'", acme) == [("Bob",)]


def test_one_ends_ones_own_sessions_and_nobody_elses(acme: Cast, bob: Browser) -> None:
    another = Browser(acme.host)
    another.log_in("bob@acme.example", to=ACCOUNT)
    alice = browser_of(acme, "alice")
    (listed,) = re.findall(r'name="session" value="([^"]+)"', bob.get(ACCOUNT).text)
    of_alice = "SELECT s.id FROM sessions AS s JOIN users AS u ON u.id = s.user_id WHERE u.email = 'alice@acme.example'"
    ((foreign,),) = rows(f"{of_alice} AND ended_at IS NULL ORDER BY s.created_at DESC LIMIT 1", acme)
    assert [bob.post(SESSIONS, session=each).status for each in (str(foreign), "x", "")] == [404, 404, 404]
    assert bob.post(SESSIONS, session=listed).goes_to == ACCOUNT
    assert (another.get(ACCOUNT).status, alice.get("/admin/").status, bob.get(ACCOUNT).status) == (302, 200, 200)
    assert bob.get(SESSIONS).goes_to == ACCOUNT


def test_it_says_which_second_factors_one_has(acme: Cast, bob: Browser) -> None:
    assert "No second factor" in bob.get(ACCOUNT).words
    give_phone(acme, "bob")
    assert "1 second factor: " in bob.get(ACCOUNT).words


def test_an_operator_has_one_in_the_console(database: None) -> None:
    hire_otto()
    otto = Browser()
    otto.log_in(OTTO)
    assert OTTO in otto.get(ACCOUNT).words


def test_nobody_who_is_not_logged_in_sees_one(acme: Cast) -> None:
    stranger = Browser(acme.host)
    assert stranger.get(ACCOUNT).goes_to == f"/admin/login/?next={ACCOUNT}"
    assert stranger.post(SESSIONS, session="x").status in (302, 403)


def test_a_page_takes_the_same_statements_however_many_sessions_there_are(acme: Cast, bob: Browser) -> None:
    bob.get(ACCOUNT)
    before = len(statements_of(lambda: bob.get(ACCOUNT)))
    for _ in range(2):
        Browser(acme.host).log_in("bob@acme.example", to=ACCOUNT)
    assert len(statements_of(lambda: bob.get(ACCOUNT))) == before
