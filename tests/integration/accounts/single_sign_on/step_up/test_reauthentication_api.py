"""POST /me/reauthentication/sso/ and …/confirm/: a front-end has the provider ask its person once more."""

from __future__ import annotations

import pytest

from accounts.models import IdentityProvider
from accounts.single_sign_on.attempts import challenge_of
from tests.acts import rows
from tests.browsers import Browser
from tests.cast import Api, Cast
from tests.integration.accounts.single_sign_on.provider import FakeProvider
from tests.integration.accounts.single_sign_on.signing_on import query_of
from tests.integration.accounts.single_sign_on.step_up.stepping_up import (
    AGAIN,
    ASKED,
    be_asked,
    begin,
    code_of,
    confirm,
    is_asked,
    leave,
    long_ago,
    outcome,
    signed_on,
    steps,
)
from tests.integration.accounts.single_sign_on.test_sign_on_api import PAGE


def test_the_provider_asks_anew_and_the_session_may_do_what_lasts(
    acme: Cast, stale: Api, provider: IdentityProvider, fake: FakeProvider
) -> None:
    assert is_asked(stale)
    begun = begin(stale)
    assert begun.body["address"].startswith(f"http://acme.localhost/sso/{provider.id}/step-up/?ticket=")
    browser = Browser(acme.host)
    asked = leave(browser, begun.body["address"]).goes_to
    sent = query_of(asked)
    assert (sent["prompt"], sent["max_age"], begun.body["expires_in"]) == ("login", "0", 600)
    page = be_asked(browser, provider, fake, asked)
    assert is_asked(stale), "the code has yet to be brought"
    assert confirm(stale, query_of(page.goes_to)["code"]).status == 204
    assert (is_asked(stale), steps(acme)) == (False, [{"provider": "Acme ID"}])


def test_a_plain_sign_on_asks_nobody_anew(browser: Browser, provider: IdentityProvider) -> None:
    asked = query_of(browser.get(f"/sso/{provider.id}/").goes_to)
    assert not {"prompt", "max_age"} & asked.keys()


def test_who_has_no_password_is_told_where_it_begins(
    acme: Cast, front_end: None, provider: IdentityProvider, fake: FakeProvider, alice: Api
) -> None:
    carol = signed_on(provider, fake, acme.host)
    long_ago(acme)
    told = carol.post("me/second-factors/totp/")
    assert (outcome(told), told.body["reauthentication_url"]) == (ASKED, f"/api/v1/{AGAIN}")
    assert told.body["detail"].endswith("it begins by POST /api/v1/me/reauthentication/sso/.")
    assert alice.post("me/second-factors/totp/").body["reauthentication_url"] == "/api/v1/me/reauthentication/"
    assert confirm(carol, code_of(carol, provider, fake)).status == 204
    assert not is_asked(carol)


def test_on_the_platforms_host_it_leads_to_the_organizations_own(
    acme: Cast, stale: Api, provider: IdentityProvider
) -> None:
    rows("UPDATE organizations SET allowed_origins = ''")
    told = begin(Api(stale.access), return_to=PAGE)
    assert (told.status, told.body["errors"][0]["field"]) == (400, "return_to")


def test_whom_no_provider_knows_proves_it_otherwise(
    acme: Cast, stale: Api, provider: IdentityProvider, bob: Api
) -> None:
    assert outcome(begin(bob)) == (409, "no_identity_provider")
    assert outcome(begin(stale, provider="00000000-0000-4000-8000-000000000000")) == (409, "no_identity_provider")
    assert begin(stale, provider=str(provider.id)).status == 200
    rows("UPDATE identity_providers SET is_enabled = false", acme)
    assert outcome(begin(stale)) == (409, "no_identity_provider")


@pytest.mark.parametrize(
    "more",
    [
        {"provider": "x"},
        {"provider": "\x00"},
        {"return_to": "https://evil.example/"},
        {"return_to": "/admin/"},
        {"return_to": "https://app.acme.example/?a=b"},
        {"return_to": None},
        {"return_to": "https://app.acme.example/" + "x" * 600},
        {"code_challenge": "x" * 42},
        {"code_challenge": "x" * 44},
        {"code_challenge": None},
        {"more": "x"},
    ],
)
def test_what_can_not_be_asked_for(stale: Api, more: dict[str, object]) -> None:
    assert begin(stale, **more).status == 400


def test_the_challenge_is_of_the_same_kind_as_at_a_sign_on(stale: Api) -> None:
    assert begin(stale, code_challenge=challenge_of("w" * 64)).status == 200


def test_the_tokens_of_a_refreshed_session_step_up_the_same_session(
    acme: Cast, stale: Api, provider: IdentityProvider, fake: FakeProvider
) -> None:
    code = code_of(stale, provider, fake)
    rows("UPDATE sessions SET ended_at = now()", acme)
    assert outcome(confirm(stale, code)) == (401, "session_revoked")
