"""SAML for front-ends: a one-time code for tokens (PKCE), and step-up by ForceAuthn, judged by AuthnInstant."""

from __future__ import annotations

import html
import re
import zlib
from base64 import b64decode
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from accounts.models import IdentityProvider
from accounts.single_sign_on.attempts import challenge_of
from tenants.resolution import forget_all
from tests.acts import rows
from tests.browsers import Browser, Page
from tests.cast import Api, Cast
from tests.integration.accounts.single_sign_on.saml.connected import (
    Asked,
    asked_by,
    come_back,
    come_from_elsewhere,
    connect,
    leave,
)
from tests.integration.accounts.single_sign_on.signing_on import query_of
from tests.integration.accounts.single_sign_on.step_up.stepping_up import (
    NOT_VALID,
    begin,
    confirm,
    is_asked,
    long_ago,
    outcome,
    steps,
)
from tests.integration.accounts.single_sign_on.step_up.stepping_up import leave as follow
from tests.integration.accounts.single_sign_on.test_sign_on_api import PAGE, VERIFIER, redeem

BEGUN = {"return_to": PAGE, "code_challenge": challenge_of(VERIFIER)}


@pytest.fixture
def provider(acme: Cast) -> IdentityProvider:
    rows("UPDATE organizations SET allowed_origins = 'https://app.acme.example' WHERE slug = 'acme'")
    forget_all()
    return connect(acme)


@pytest.fixture
def stale(acme: Cast, provider: IdentityProvider, browser: Browser) -> Api:
    """Alice at Acme's front-end, who signed on an hour ago."""
    asked = leave(browser, provider.id, **BEGUN)
    code = query_of(come_back(browser, asked, asked.response()).goes_to)["code"]
    alice = Api(redeem(code).body["access"], host=acme.host)
    long_ago(acme)
    return alice


def asked_again(browser: Browser, api: Api) -> tuple[Asked, str | None]:
    """Begin step-up, and read what the provider is asked, and whether anew."""
    address = follow(browser, begin(api).body["address"]).goes_to
    request = ET.fromstring(zlib.decompress(b64decode(query_of(address)["SAMLRequest"]), wbits=-15))
    return asked_by(address), request.get("ForceAuthn")


def posted_once_more(browser: Browser, asked: Asked, response: str) -> tuple[Page, Page]:
    """Come from the provider's page without a cookie, and have the page of ours post it again."""
    page = come_from_elsewhere(browser, asked, response)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
    return page, come_back(browser, asked, html.unescape(fields.pop("SAMLResponse")), **fields)


def test_a_front_end_gets_tokens_for_its_code(acme: Cast, provider: IdentityProvider, browser: Browser) -> None:
    asked = leave(browser, provider.id, **BEGUN)
    between, back = posted_once_more(browser, asked, asked.response())
    policy = between.headers["Content-Security-Policy"]
    assert "form-action 'self' https://app.acme.example" in policy, "or no browser follows the redirect to the page"
    assert back.goes_to.startswith(f"{PAGE}?code="), back.goes_to
    answer = redeem(query_of(back.goes_to)["code"])
    assert (answer.status, answer.body["user"]["email"]) == (200, "alice@acme.example")
    assert Api(answer.body["access"]).get("me/").status == 200
    assert outcome(redeem(query_of(back.goes_to)["code"])) == NOT_VALID
    found = rows("SELECT actor_label, changes FROM audit_logs WHERE action = 'session.signed_on'", acme)
    assert found == [("alice@acme.example", {"provider": "Acme SAML"})]
    assert "workix" not in {name for name, morsel in browser.client.cookies.items() if morsel.value}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": "gina@globex.example"}, "sign_on_refused"),
        ({"audience": "https://other.example"}, "sign_on_failed"),
        ({"status": "urn:oasis:names:tc:SAML:2.0:status:Responder"}, "sign_on_failed"),
    ],
)
def test_what_is_refused_is_told_to_the_page(
    provider: IdentityProvider, browser: Browser, said: dict[str, Any], code: str
) -> None:
    asked = leave(browser, provider.id, **BEGUN)
    assert come_back(browser, asked, asked.response(**said)).goes_to == f"{PAGE}?error={code}"


def test_a_session_by_code_goes_on_where_a_second_factor_is_required(
    acme: Cast, provider: IdentityProvider, browser: Browser
) -> None:
    """The provider answers for it, as it does for a session of pages."""
    rows(
        "INSERT INTO security_policies (organization_id, updated_at, second_factor_required_from)"
        " VALUES (%(id)s, now(), now() - interval '1 day')",
        acme,
        id=acme.organization.id,
    )
    asked = leave(browser, provider.id, **BEGUN)
    pair = redeem(query_of(come_back(browser, asked, asked.response()).goes_to)["code"]).body
    assert Api(pair["access"]).get("me/").status == 200
    assert Api().post("auth/refresh/", {"refresh": pair["refresh"]}).status == 200


def test_the_provider_is_forced_to_ask_anew(acme: Cast, stale: Api, browser: Browser) -> None:
    assert is_asked(stale)
    asked, is_forced = asked_again(browser, stale)
    page = come_back(browser, asked, asked.response())
    assert (is_forced, page.goes_to.startswith(f"{PAGE}?code=")) == ("true", True)
    assert confirm(stale, query_of(page.goes_to)["code"]).status == 204
    assert (is_asked(stale), steps(acme)) == (False, [{"provider": "Acme SAML"}])


@pytest.mark.parametrize("before", [timedelta(hours=8), timedelta(minutes=1)])
def test_an_old_authn_instant(acme: Cast, stale: Api, browser: Browser, before: timedelta) -> None:
    """A provider that ignores ForceAuthn, and answers by the session it has."""
    asked, _ = asked_again(browser, stale)
    assert come_back(browser, asked, asked.response(authenticated=-before)).goes_to == f"{PAGE}?error=sign_on_failed"
    assert (is_asked(stale), steps(acme)) == (True, [])


def test_somebody_else_at_the_same_provider(
    acme: Cast, stale: Api, provider: IdentityProvider, browser: Browser
) -> None:
    first = leave(Browser(acme.host), provider.id)
    assert first
    asked, _ = asked_again(browser, stale)
    page = come_back(browser, asked, asked.response(name="bob@acme.example"))
    assert page.goes_to == f"{PAGE}?error=sign_on_refused"
    assert (is_asked(stale), steps(acme)) == (True, [])


def test_an_assertion_of_a_plain_sign_on_steps_nobody_up(
    acme: Cast, stale: Api, provider: IdentityProvider, browser: Browser
) -> None:
    plain = leave(Browser(acme.host), provider.id)
    asked, _ = asked_again(browser, stale)
    stolen = asked.response(confirmed_request=plain.id)
    assert come_back(browser, asked, stolen).goes_to == f"{PAGE}?error=sign_on_failed"
    assert steps(acme) == []


def test_a_response_that_comes_again(acme: Cast, stale: Api, browser: Browser) -> None:
    asked, _ = asked_again(browser, stale)
    response = asked.response()
    assert come_back(browser, asked, response).status == 302
    assert come_back(browser, asked, response, again="1").status == 400


def test_in_the_dashboard_the_post_from_elsewhere_finds_the_session_again(
    acme: Cast, provider: IdentityProvider, browser: Browser
) -> None:
    signed_on = leave(browser, provider.id)
    come_back(browser, signed_on, signed_on.response())
    long_ago(acme)
    page = browser.get(f"/admin/reauthentication/sso/?provider={provider.id}&next=/admin/passkeys/")
    asked = asked_by(page.goes_to)
    assert urlsplit(asked.acs).path == f"/sso/{provider.id}/acs/"
    _, back = posted_once_more(browser, asked, asked.response())
    assert (back.goes_to, steps(acme)) == ("/admin/passkeys/", [{"provider": "Acme SAML"}])
