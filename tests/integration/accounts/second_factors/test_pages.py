"""Second factors in a browser: the second step of the log-in, my account, step-up; forms without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.acts import rows
from tests.browsers import Browser, Page, browser_of
from tests.cast import OTTO, PASSWORD, Api, Cast, hire_otto
from tests.integration.accounts.second_factors.phones import (
    ALICE,
    Phone,
    as_if_unused,
    give_phone,
    let_log_in_age,
    phone_of,
    require_from,
)

STEP, ENROL = "/admin/login/second-factor/", "/admin/login/enrolment/"
MINE = "/admin/second-factors/"
AGAIN = "/admin/reauthentication/"


def secret_on(page: Page) -> Phone:
    (secret,) = re.findall(r"<code>([A-Z2-7]{32})</code>", page.text)
    return Phone(secret)


def codes_on(page: Page) -> list[str]:
    return re.findall(r"<code>((?:[0-9a-z]{4}-){3}[0-9a-z]{4})</code>", page.text)


def test_the_log_in_asks_for_a_code_and_goes_where_it_was_asked_to(acme: Cast) -> None:
    phone, browser = give_phone(acme), Browser(acme.host)
    assert browser.log_in(ALICE, to="/admin/accounts/user/").goes_to == STEP
    assert browser.get("/admin/").goes_to.startswith("/admin/login/"), "nobody is logged in yet"
    page = browser.get(STEP)
    assert (page.status, "Now a code of your authenticator app" in page.words) == (200, True)
    assert 'autocomplete="one-time-code"' in page.text
    wrong = browser.post(STEP, code=phone.wrong())
    assert (wrong.status, "This code is not right" in wrong.words) == (200, True)
    assert browser.post(STEP, code=phone.code()).goes_to == "/admin/accounts/user/"
    assert browser.get("/admin/").status == 200
    assert rows("SELECT count(*) FROM sessions WHERE second_factor_at IS NOT NULL", acme) == [(1,)]


def test_the_challenge_is_in_no_page_and_the_session_gets_another_key(acme: Cast) -> None:
    phone, browser = give_phone(acme), Browser(acme.host)
    browser.log_in(ALICE)
    before = browser.cookie()
    assert 'type="hidden" name="csrfmiddlewaretoken"' in (text := browser.get(STEP).text)
    assert len(re.findall(r'type="hidden"', text)) == 1
    browser.post(STEP, code=phone.code())
    assert browser.cookie() != before


def test_a_browser_is_known_only_once_the_log_in_is_complete(acme: Cast) -> None:
    phone, browser = give_phone(acme), Browser(acme.host)
    browser.log_in(ALICE)
    device = [name for name in browser.client.cookies if "device" in name]
    browser.post(STEP, code=phone.code())
    assert (device, len([name for name in browser.client.cookies if "device" in name])) == ([], 1)


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"])
def test_it_leads_to_no_other_site(acme: Cast, to: str) -> None:
    phone, browser = give_phone(acme), Browser(acme.host)
    assert browser.log_in(ALICE, to=to).goes_to == STEP
    assert browser.post(STEP, code=phone.code()).goes_to == "/admin/"


def test_who_did_not_give_their_password_is_led_back(acme: Cast) -> None:
    browser = Browser(acme.host)
    browser.get("/admin/login/")
    assert [browser.get(path).goes_to for path in (STEP, ENROL)] == ["/admin/login/"] * 2
    assert [browser.post(path, code="123456").goes_to for path in (STEP, ENROL)] == ["/admin/login/"] * 2


def test_a_challenge_that_is_over_leads_back(acme: Cast) -> None:
    phone, browser = give_phone(acme), Browser(acme.host)
    browser.log_in(ALICE)
    rows("UPDATE login_challenges SET expires_at = now()", acme)
    assert browser.post(STEP, code=phone.code()).goes_to == "/admin/login/"
    assert browser.get("/admin/").goes_to.startswith("/admin/login/")


def test_who_may_not_enter_spends_no_code(acme: Cast) -> None:
    phone, browser = give_phone(acme, "bob"), Browser(acme.host)
    assert browser.log_in("bob@acme.example").goes_to == STEP
    assert "Your role has no access to the dashboard." in browser.post(STEP, code=phone.code()).words
    assert browser.log_in("bob@acme.example", to="/api/v1/me/").goes_to == STEP
    assert browser.post(STEP, code=phone.code()).goes_to == "/api/v1/me/"
    assert browser.get("/api/v1/me/").status == 200


def test_an_operator_logs_in_to_the_console_with_one(database: None) -> None:
    phone, browser = phone_of(hire_otto(), None), Browser()
    assert browser.log_in(OTTO).goes_to == STEP
    assert browser.post(STEP, code=phone.code()).goes_to == "/admin/"
    assert (browser.get("/admin/").status, browser.get(MINE).status) == (200, 200)


def test_where_it_is_required_the_log_in_enrols(acme: Cast) -> None:
    require_from(acme, -timedelta(seconds=1))
    browser = Browser(acme.host)
    assert browser.log_in(ALICE).goes_to == ENROL
    assert "Your organization requires a second factor" in browser.get(ENROL).words
    page = browser.post(ENROL)
    phone = secret_on(page)
    assert ("<svg " in page.text, "no-store" in page.headers["Cache-Control"]) == (True, True)
    assert "This code is not right" in browser.post(ENROL, code=phone.wrong()).words
    shown = browser.post(ENROL, code=phone.code())
    assert (shown.status, len(codes_on(shown))) == (200, 10)
    assert browser.get("/admin/").status == 200
    again = Browser(acme.host)
    as_if_unused(acme)
    assert again.log_in(ALICE).goes_to == STEP
    assert again.post(STEP, code=codes_on(shown)[0]).goes_to == "/admin/"


def test_my_account_enrols_renews_and_removes(acme: Cast) -> None:
    browser = browser_of(acme, "alice")
    assert "You have none" in browser.get(MINE).words
    assert browser.get(f"{MINE}enrolment/").status == 200
    begun = browser.post(f"{MINE}enrolment/")
    phone = secret_on(begun)
    assert phone.secret not in browser.get(f"{MINE}enrolment/").text, "it is shown once"
    assert "This code is not right" in browser.post(f"{MINE}enrolment/", code=phone.wrong()).words
    codes = codes_on(browser.post(f"{MINE}enrolment/", code=phone.code()))
    assert (len(codes), "10 of 10 recovery codes are left" in browser.get(MINE).words) == (10, True)
    assert browser.get(f"{MINE}recovery-codes/").status == 200
    assert len(set(codes_on(browser.post(f"{MINE}recovery-codes/"))) - set(codes)) == 10
    (factor,) = re.findall(r"removal/\?factor=([0-9a-f-]{36})", browser.get(MINE).text)
    assert "your recovery codes are dead" in browser.get(f"{MINE}removal/?factor={factor}").words
    assert browser.post(f"{MINE}removal/", factor=factor).goes_to == MINE
    assert "You have none" in browser.get(MINE).words
    assert phone.secret not in str(rows("SELECT session_data FROM django_session", acme))


@pytest.mark.parametrize("factor", ["", "x", "00000000-0000-0000-0000-000000000000", "\x00"])
def test_what_is_not_ones_own_is_not_there(acme: Cast, factor: str) -> None:
    browser = browser_of(acme, "alice")
    assert browser.post(f"{MINE}removal/", factor=factor).status == 404


def test_codes_stand_in_for_nothing_without_a_factor(acme: Cast) -> None:
    assert browser_of(acme, "alice").post(f"{MINE}recovery-codes/").goes_to == MINE


def test_what_lasts_asks_and_comes_back_to_where_one_was(acme: Cast) -> None:
    browser = browser_of(acme, "alice")
    let_log_in_age(acme, timedelta(hours=1))
    person = f"/admin/accounts/user/{acme.people['bob'].id}"
    wanted = ["/admin/accounts/apikey/add/", f"{MINE}enrolment/", f"{person}/delete/", f"{person}/second-factors/"]
    led = [browser.get(path).goes_to for path in wanted]
    assert led == [f"{AGAIN}?next={path.replace('/', '%2F')}" for path in wanted]
    assert browser.get("/admin/accounts/apikey/").status == 200
    posted = browser.post("/admin/policies/", allowed_origins="")
    assert posted.goes_to == f"{AGAIN}?next=%2Fadmin%2Fpolicies%2F"
    page = browser.get(led[0])
    assert ("Prove once more that it is you" in page.words, 'name="code"' in page.text) == (True, False)
    wrong = browser.post(AGAIN, password="a wrong password, but long", next=wanted[0])  # noqa: S106
    assert (wrong.status, "This is not your password." in wrong.words) == (200, True)
    assert browser.post(AGAIN, password=PASSWORD, next=wanted[0]).goes_to == wanted[0]
    assert [browser.get(path).status for path in wanted] == [200] * 4


def test_who_has_a_factor_proves_it_by_both(acme: Cast) -> None:
    browser, phone = browser_of(acme, "alice"), give_phone(acme)
    let_log_in_age(acme, timedelta(hours=1))
    assert 'name="code"' in browser.get(AGAIN).text
    assert "This code is not right" in browser.post(AGAIN, password=PASSWORD, code=phone.wrong(), next=MINE).words
    assert browser.post(AGAIN, password=PASSWORD, code=phone.code(), next=MINE).goes_to == MINE


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/admin/", "/admin/../../x//evil", "javascript:x", "/api/"]
)
def test_step_up_leads_to_no_other_site(acme: Cast, to: str) -> None:
    browser = browser_of(acme, "alice")
    goes_to = browser.post(AGAIN, password=PASSWORD, next=to).goes_to
    assert goes_to == ("/admin/" if not to.startswith("/admin/") else to)


def test_an_admin_resets_somebodys_factors(acme: Cast) -> None:
    give_phone(acme, "bob")
    browser = browser_of(acme, "alice")
    page = f"/admin/accounts/user/{acme.people['bob'].id}"
    assert "Reset second factors …" in browser.get(f"{page}/change/").words
    assert "Make sure that it is really bob@acme.example" in browser.get(f"{page}/second-factors/").words
    assert browser.post(f"{page}/second-factors/").goes_to == f"{page}/change/"
    assert "The second factors of bob@acme.example are reset." in browser.get(f"{page}/change/").words
    assert Api().post("auth/login/", {"email": "bob@acme.example", "password": PASSWORD}).status == 200


def test_a_viewer_resets_nobodys(acme: Cast) -> None:
    give_phone(acme, "bob")
    page = f"/admin/accounts/user/{acme.people['bob'].id}/second-factors/"
    assert browser_of(acme, "vera").post(page).status == 403
    assert rows("SELECT count(*) FROM second_factors", acme) == [(1,)]
