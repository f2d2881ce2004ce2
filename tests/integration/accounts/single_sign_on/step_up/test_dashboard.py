"""Step-up by a provider in the dashboard: a link leads there, and only the session that began is renewed."""

from __future__ import annotations

import time

import pytest

from accounts.models import IdentityProvider
from tests.browsers import Browser, browser_of
from tests.cast import Cast
from tests.integration.accounts.single_sign_on.provider import FakeProvider
from tests.integration.accounts.single_sign_on.signing_on import query_of, sign_on
from tests.integration.accounts.single_sign_on.step_up.stepping_up import ALICE, BOB, be_asked, long_ago, steps

MINE = "/admin/second-factors/enrolment/"
ASKS = f"/admin/reauthentication/?next={MINE.replace('/', '%2F')}"


def link(provider: IdentityProvider, to: str = MINE) -> str:
    return f"/admin/reauthentication/sso/?provider={provider.id}&next={to}"


@pytest.fixture
def stale(acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider) -> Browser:
    """Alice in the dashboard, who signed on an hour ago."""
    fake.person = dict(ALICE)
    sign_on(browser, provider, fake)
    long_ago(acme)
    return browser


def test_the_provider_asks_anew_and_leads_back(
    acme: Cast, stale: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    assert stale.get(MINE).goes_to == ASKS
    page = stale.get(ASKS)
    assert "Go on with Acme ID" in page.words
    assert f'href="{link(provider).replace("&", "&amp;").replace(MINE, MINE.replace("/", "%2F"))}"' in page.text
    asked = stale.get(link(provider)).goes_to
    assert query_of(asked)["prompt"] == "login"
    assert be_asked(stale, provider, fake, asked).goes_to == MINE
    assert (stale.get(MINE).status, steps(acme)) == (200, [{"provider": "Acme ID"}])


def test_who_has_no_password_is_asked_for_none(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    sign_on(browser, provider, fake)
    text = browser.get("/admin/reauthentication/").text
    assert ("Go on with Acme ID" in text, 'type="password"' in text) == (True, False)


def test_an_old_proof_renews_nothing(
    acme: Cast, stale: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    fake.claims = {"auth_time": int(time.time()) - 120}
    assert be_asked(stale, provider, fake, stale.get(link(provider)).goes_to).status == 403
    assert (stale.get(MINE).goes_to, steps(acme)) == (ASKS, [])


def test_somebody_else_at_the_provider_renews_nothing(
    acme: Cast, stale: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    fake.person = dict(BOB)
    assert be_asked(stale, provider, fake, stale.get(link(provider)).goes_to).status == 403
    assert (stale.get(MINE).goes_to, steps(acme)) == (ASKS, [])


def test_a_browser_that_changed_its_session_meanwhile_renews_neither(
    acme: Cast, stale: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    asked = stale.get(link(provider)).goes_to
    sign_on_again = Browser(acme.host, stale.client)
    sign_on_again.log_in("alice@acme.example")
    long_ago(acme)
    assert be_asked(stale, provider, fake, asked).status == 400
    assert (stale.get(MINE).goes_to, steps(acme)) == (ASKS, [])


def test_who_logged_out_meanwhile_is_in_no_session(
    acme: Cast, stale: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    asked = stale.get(link(provider)).goes_to
    stale.get("/admin/")
    stale.post("/admin/logout/")
    assert be_asked(stale, provider, fake, asked).status == 400
    assert steps(acme) == []


@pytest.mark.parametrize("named", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_provider_that_does_not_know_them(acme: Cast, stale: Browser, named: str) -> None:
    assert stale.get(f"/admin/reauthentication/sso/?provider={named}").status in (404, 409)


def test_it_leads_back_to_pages_of_ours_only(
    acme: Cast, stale: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    asked = stale.get(link(provider, "https://evil.example/")).goes_to
    assert be_asked(stale, provider, fake, asked).goes_to == "/admin/"


def test_whoever_the_provider_does_not_know_sees_no_link(acme: Cast, provider: IdentityProvider) -> None:
    text = browser_of(acme, "alice").get("/admin/reauthentication/").text
    assert ("Go on with" in text, 'type="password"' in text) == (False, True)
