"""Passkeys in a browser, as far as a test without one can tell: forms that carry what the script got signed."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from tests.acts import rows
from tests.browsers import Browser, Page, browser_of
from tests.cast import Cast
from tests.integration.accounts.passkeys.authenticators import Authenticator, b64, login_options, person, register
from tests.integration.accounts.second_factors.phones import ALICE, give_phone, let_log_in_age, require_from
from workix.core.permissions import RECENT

MINE, LOG_IN, STEP = "/admin/passkeys/", "/admin/login/passkey/", "/admin/login/second-factor/"
ENROL = "/admin/login/enrolment/passkey/"


@pytest.fixture
def passkey(acme: Cast) -> Authenticator:
    return register(person(acme))


def options(browser: Browser, path: str) -> dict[str, Any]:
    """Ask as the script does: with the CSRF token of the page, in a header."""
    token = browser.client.cookies[settings.CSRF_COOKIE_NAME].value
    headers = {"Host": browser.host, "X-CSRFToken": token, "Accept": "application/json"}
    answer = browser.client.generic("POST", path, content_type="", headers=headers)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = json.loads(answer.content)
    return found


def by_passkey(browser: Browser, passkey: Authenticator, **more: str) -> Page:
    browser.get("/admin/login/")
    return browser.post(LOG_IN, credential=json.dumps(passkey.get(login_options())), **more)


def identity(acme: Cast) -> str:
    ((found,),) = rows("SELECT id FROM passkeys", acme)
    return str(found)


def test_the_log_in_page_offers_it_to_browsers_that_can(acme: Cast) -> None:
    page = Browser(acme.host).get("/admin/login/")
    (form,) = re.findall(r"<form[^>]*data-passkey[^>]*>", page.text)
    assert ("hidden" in form, "Signing in with a passkey takes JavaScript." in page.words) == (True, True)
    assert "workix/passkeys.js" in page.text


def test_a_passkey_logs_in_with_another_session_key_and_makes_the_browser_known(
    acme: Cast, passkey: Authenticator
) -> None:
    browser = Browser(acme.host)
    page = by_passkey(browser, passkey, next="/admin/accounts/user/")
    assert (page.status, page.goes_to) == (302, "/admin/accounts/user/")
    assert browser.get("/admin/").status == 200
    assert len([name for name in browser.client.cookies if "device" in name]) == 1
    asked = "SELECT second_factor_at IS NOT NULL, mailbox_proof FROM sessions ORDER BY created_at DESC LIMIT 1"
    assert rows(asked, acme) == [(True, "")]


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_it_leads_to_no_other_site(acme: Cast, passkey: Authenticator, to: str) -> None:
    assert by_passkey(Browser(acme.host), passkey, next=to).goes_to == "/admin/"


@pytest.mark.parametrize("credential", ["", "{", "[]", "null", "[" * 20_000, '{"id": 7}', "x" * 40_000, "\u0000"])
def test_what_is_no_credential_is_refused_on_a_page(acme: Cast, credential: str) -> None:
    browser = Browser(acme.host)
    browser.get("/admin/login/")
    page = browser.post(LOG_IN, credential=credential)
    assert (page.status, "This passkey was not accepted." in page.words) == (400, True)


def test_it_takes_the_csrf_token_of_the_page(acme: Cast, passkey: Authenticator) -> None:
    page = Browser(acme.host).post(LOG_IN, credential=json.dumps(passkey.get(login_options())))
    assert (page.status, page.goes_to) == (403, "")


def test_whose_role_has_no_dashboard_is_told_so(acme: Cast) -> None:
    page = by_passkey(Browser(acme.host), register(person(acme, "bob")))
    assert (page.status, "Your role has no access to the dashboard." in page.words) == (403, True)


def test_after_the_password_a_passkey_completes_the_log_in(acme: Cast, passkey: Authenticator) -> None:
    browser = Browser(acme.host)
    assert browser.log_in(ALICE, to="/admin/accounts/user/").goes_to == STEP
    assert "Use a passkey" in browser.get(STEP).text
    wrong = browser.post(f"{STEP}passkey/", credential=json.dumps(passkey.get(login_options())))
    assert (wrong.status, "This passkey was not accepted." in wrong.words) == (401, True)
    signed = passkey.get(options(browser, f"{STEP}passkey/options/"))
    assert browser.post(f"{STEP}passkey/", credential=json.dumps(signed)).goes_to == "/admin/accounts/user/"
    assert browser.get("/admin/").status == 200


def test_who_has_an_app_alone_is_offered_no_passkey(acme: Cast) -> None:
    give_phone(acme)
    browser = Browser(acme.host)
    browser.log_in(ALICE)
    assert "Use a passkey" not in browser.get(STEP).text


def test_the_second_step_is_nothing_to_who_did_not_give_their_password(acme: Cast, passkey: Authenticator) -> None:
    browser = Browser(acme.host)
    browser.get("/admin/login/")
    page = browser.post(f"{STEP}passkey/", credential=json.dumps(passkey.get(login_options())))
    assert (page.goes_to, browser.post(f"{STEP}passkey/options/").status) == ("/admin/login/", 401)


def test_who_has_to_enrol_may_with_a_passkey(acme: Cast) -> None:
    require_from(acme, -timedelta(seconds=1))
    browser, laptop = Browser(acme.host), Authenticator()
    assert browser.get(ENROL).goes_to == "/admin/login/"
    assert browser.log_in(ALICE, to="/admin/accounts/user/").goes_to == "/admin/login/enrolment/"
    assert f'href="{ENROL}"' in browser.get("/admin/login/enrolment/").text
    assert "Your organization requires a second factor" in browser.get(ENROL).words
    made = json.dumps(laptop.create(options(browser, f"{ENROL}options/")))
    assert "Add a passkey" in browser.post(ENROL, name="two\nlines", credential=made).words
    wrong = browser.post(ENROL, name="Laptop", credential="{}")
    assert (wrong.status, f'href="{ENROL}"' in wrong.text) == (400, True)
    codes = browser.post(ENROL, name="Laptop", credential=made)
    assert (len(re.findall(r"<li><code>", codes.text)), 'href="/admin/accounts/user/"' in codes.text) == (10, True)
    assert browser.get("/admin/").status == 200
    assert browser.post(ENROL, name="Laptop", credential=made).goes_to == "/admin/login/"


def test_my_account_adds_renames_and_removes_one(acme: Cast) -> None:
    browser, authenticator = browser_of(acme, "alice"), Authenticator()
    page = browser.get(MINE)
    assert (page.status, "Passkeys take JavaScript" in page.words) == (200, True)
    made = json.dumps(authenticator.create(options(browser, "/api/v1/me/passkeys/options/")))
    codes = browser.post(MINE, name="<b>Laptop</b>", credential=made)
    assert len(re.findall(r"<code>((?:[0-9a-z]{4}-){3}[0-9a-z]{4})</code>", codes.text)) == 10
    assert "<b>Laptop</b>, for acme.localhost, added" in browser.get(MINE).words
    assert browser.post(f"{MINE}name/", passkey=identity(acme), name="Laptop").goes_to == MINE
    assert "It logs nobody in any more." in browser.get(f"{MINE}removal/?passkey={identity(acme)}").words
    assert browser.post(f"{MINE}removal/", passkey=identity(acme)).goes_to == MINE
    assert rows("SELECT count(*) FROM passkeys", acme) == [(0,)]


def test_somebody_elses_is_not_there(acme: Cast, passkey: Authenticator) -> None:
    browser = Browser(acme.host)
    assert by_passkey(browser, passkey).status == 302
    rows("UPDATE passkeys SET user_id = %(bob)s", acme, bob=acme.people["bob"].id)
    for page in ("name/", "removal/"):
        for named in (identity(acme), "nonsense", ""):
            assert browser.get(f"{MINE}{page}?passkey={named}").status == 404
            assert browser.post(f"{MINE}{page}", passkey=named, name="Mine").status == 404


def test_step_up_takes_a_passkey_and_goes_back(acme: Cast, passkey: Authenticator) -> None:
    browser = Browser(acme.host)
    by_passkey(browser, passkey)
    let_log_in_age(acme, RECENT + timedelta(minutes=1))
    asked = browser.get(MINE).goes_to
    assert asked == "/admin/reauthentication/?next=%2Fadmin%2Fpasskeys%2F"
    assert "Use a passkey" in browser.get(asked).text
    wrong = browser.post("/admin/reauthentication/passkey/", credential=b64(b"nonsense"), next=MINE)
    assert wrong.status == 400
    signed = json.dumps(passkey.get(options(browser, "/api/v1/me/reauthentication/passkey/options/")))
    assert browser.post("/admin/reauthentication/passkey/", credential=signed, next=MINE).goes_to == MINE
    assert browser.get(MINE).status == 200
