"""Sign-ons by SAML from beginning to end: who comes in, what is refused, and what the trail says of it."""

from __future__ import annotations

import html
import re
import zlib
from base64 import b64encode
from urllib.parse import quote_plus

import pytest
from django.utils import timezone

from accounts.models import IdentityProvider
from accounts.single_sign_on.providers import change
from tenants.scope import use_tenant
from tests.acts import at_once, rows
from tests.browsers import Browser, Page
from tests.cast import Cast
from tests.integration.accounts.single_sign_on.saml.connected import (
    PAGE,
    SETTINGS,
    come_back,
    come_from_elsewhere,
    connect,
    leave,
    sign_on,
)
from tests.saml.identity_provider import Signing
from tests.saml.keys import pem, rsa_key

OVER = "This sign-on was begun in another browser, more than ten minutes ago, or was answered already. Begin again."
FAILED = "What your identity provider answered can't be trusted. Begin again; if it stays so, tell an admin."


@pytest.fixture
def provider(acme: Cast) -> IdentityProvider:
    return connect(acme)


@pytest.fixture
def browser(acme: Cast) -> Browser:
    return Browser(acme.host)


def refused(page: Page) -> tuple[int, bool, bool]:
    return page.status, OVER in page.words, FAILED in page.words


def reasons(cast: Cast) -> list[str]:
    asked = "SELECT changes->>'because' FROM audit_logs WHERE action = 'sign_on.refused' ORDER BY created_at"
    return [reason for (reason,) in rows(asked, cast)]


def people(cast: Cast) -> list[tuple[str, str]]:
    return rows("SELECT email, role FROM users WHERE deleted_at IS NULL ORDER BY email", cast)


def test_whoever_the_provider_signed_on_is_in_where_they_wanted_to_go(
    acme: Cast, provider: IdentityProvider, browser: Browser
) -> None:
    page = sign_on(browser, provider)

    assert (page.status, page.goes_to, browser.get(PAGE).status) == (302, PAGE, 200)
    assert rows("SELECT changes->>'provider' FROM audit_logs WHERE action = 'session.signed_on'", acme) == [
        ("Acme SAML",)
    ]


def test_the_second_time_the_subject_says_who_it_is(acme: Cast, provider: IdentityProvider, browser: Browser) -> None:
    sign_on(browser, provider, subject="<saml:NameID>a-1</saml:NameID>")

    page = sign_on(Browser(acme.host), provider, subject="<saml:NameID>a-1</saml:NameID>", attributes={})

    assert page.goes_to == PAGE


def test_somebody_new_becomes_a_person_with_names_and_the_role_of_their_group(acme: Cast, browser: Browser) -> None:
    provider = connect(acme, group_roles={"workix-viewers": "viewer"})
    said = {"email": "carol@acme.example", "givenName": "Carol", "sn": "Shaw", "groups": "workix-viewers"}

    sign_on(browser, provider, name="c-1", attributes=said)

    found = rows("SELECT first_name, last_name, role FROM users WHERE email = 'carol@acme.example'", acme)
    assert found == [("Carol", "Shaw", "viewer")]


def test_attributes_are_read_by_the_names_an_admin_gave(acme: Cast, browser: Browser) -> None:
    provider = connect(acme, settings=SETTINGS | {"email_attribute": "contact"})

    sign_on(browser, provider, name="c-1", attributes={"email": "alice@acme.example", "contact": "carol@acme.example"})

    assert ("carol@acme.example", "user") in people(acme)


def test_an_address_counts_only_where_an_admin_said_that_the_provider_speaks_for_it(
    acme: Cast, browser: Browser
) -> None:
    provider, before = connect(acme, is_authoritative=False), people(acme)

    page = sign_on(browser, provider)

    assert (page.status, people(acme)) == (403, before)
    assert reasons(acme) == ["Your identity provider does not say that your address is verified. Ask an admin."]


@pytest.mark.parametrize("name", ["gina@globex.example", "alice@acme.example.mallory.example", "alice"])
def test_a_provider_speaks_for_its_own_domains_only(
    acme: Cast, provider: IdentityProvider, browser: Browser, name: str
) -> None:
    before = people(acme)

    assert (sign_on(browser, provider, name=name).status, people(acme)) == (403, before)


def test_what_the_providers_page_posts_is_posted_once_more_from_ours(
    acme: Cast, provider: IdentityProvider, browser: Browser
) -> None:
    """No cookie comes along from another site: nothing is used up, nothing verified, until the page of ours posts it."""
    asked = leave(browser, provider.id, next=PAGE)
    page = come_from_elsewhere(browser, asked, asked.response())
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))

    again = come_back(browser, asked, html.unescape(fields.pop("SAMLResponse")), **fields)

    assert (page.status, page.headers["Cache-Control"], fields) == (200, "no-store", {"again": "1"})
    assert again.goes_to == PAGE


def test_whatever_is_posted_stays_text_on_that_page(provider: IdentityProvider, browser: Browser) -> None:
    asked = leave(browser, provider.id)
    page = come_from_elsewhere(browser, asked, '"><script>alert(1)</script>')

    assert "&quot;&gt;&lt;script&gt;" in page.text
    assert "<script>alert" not in page.text


def test_that_page_is_not_shown_twice(provider: IdentityProvider, browser: Browser, acme: Cast) -> None:
    asked = leave(browser, provider.id)

    assert refused(come_back(Browser(acme.host), asked, asked.response(), again="1")) == (400, True, False)


def test_a_response_is_good_once(acme: Cast, provider: IdentityProvider, browser: Browser) -> None:
    asked = leave(browser, provider.id)
    response = asked.response()
    first = come_back(browser, asked, response)
    leave(browser, provider.id)

    assert (first.status, refused(come_back(browser, asked, response))) == (302, (400, True, False))


@pytest.mark.slow
def test_of_ten_who_bring_one_response_at_once_one_comes_in(
    acme: Cast, provider: IdentityProvider, browser: Browser
) -> None:
    asked = leave(browser, provider.id)
    response = asked.response()
    held = browser.client.cookies

    def bring(_: int) -> int:
        other = Browser(acme.host)
        other.client.cookies.update(held)
        return come_back(other, asked, response).status

    assert sorted(at_once(bring, 10)) == [302] + [400] * 9
    assert rows("SELECT count(*) FROM audit_logs WHERE action = 'session.signed_on'", acme) == [(1,)]


def test_a_response_is_good_in_the_browser_that_asked_for_it(
    acme: Cast, provider: IdentityProvider, browser: Browser
) -> None:
    """Log-in CSRF: Mallory has Alice's browser post a response of Mallory's."""
    mallorys = leave(Browser(acme.host), provider.id)
    leave(browser, provider.id)

    assert refused(come_back(browser, mallorys, mallorys.response())) == (400, True, False)


def test_an_assertion_for_one_request_answers_no_other(
    acme: Cast, provider: IdentityProvider, browser: Browser
) -> None:
    """A stolen assertion in a response that names the thief's own request: what is signed names the other one."""
    stolen = leave(Browser(acme.host), provider.id)
    own = leave(browser, provider.id)

    page = come_back(browser, own, own.response(confirmed_request=stolen.id))

    assert refused(page) == (403, False, True)
    assert reasons(acme) == ["The assertion is not for this request at this address (SubjectConfirmation)."]


@pytest.mark.parametrize("request_id", ["", "_", "_other", "_" + "A" * 86])
def test_a_response_nobody_here_asked_for_is_refused(
    provider: IdentityProvider, browser: Browser, request_id: str
) -> None:
    asked = leave(browser, provider.id)

    assert refused(come_back(browser, asked, asked.response(request=request_id))) == (400, True, False)


def test_a_response_to_another_organization_is_refused(
    acme: Cast, globex: Cast, provider: IdentityProvider, browser: Browser
) -> None:
    theirs = connect(globex)
    asked_there, asked_here = leave(Browser(globex.host), theirs.id), leave(browser, provider.id)
    response = asked_there.response(name="gina@globex.example")

    assert refused(come_back(browser, asked_here, response)) == (400, True, False)


def test_a_response_to_another_provider_of_the_organization_is_refused(
    acme: Cast, provider: IdentityProvider, browser: Browser
) -> None:
    """Both know the same certificate: still an answer of one is none of the other."""
    other = connect(acme, name="Other")
    asked_other = leave(browser, other.id)
    asked = leave(browser, provider.id)

    assert refused(come_back(browser, asked, asked_other.response())) == (400, True, False)
    mixed = come_back(browser, asked, asked.response(audience=asked_other.entity_id))
    assert refused(mixed)[0] in (400, 403)


def test_a_forged_response_is_refused_and_the_trail_says_why(
    acme: Cast, provider: IdentityProvider, browser: Browser
) -> None:
    asked = leave(browser, provider.id)

    page = come_back(browser, asked, asked.response(signing=Signing(key=rsa_key("mallory"))))

    assert refused(page) == (403, False, True)
    assert reasons(acme) == ["The signature is not by a certificate of this provider, or what it covers was changed."]


def test_a_certificate_that_was_taken_out_is_good_no_longer(
    acme: Cast, provider: IdentityProvider, browser: Browser
) -> None:
    asked = leave(browser, provider.id)
    with use_tenant(acme.organization):
        settings = provider.settings | {"certificates": pem(rsa_key("next"))}
        change(provider.id, by=acme.people["alice"], now=timezone.now(), settings=settings)

    assert refused(come_back(browser, asked, asked.response())) == (403, False, True)


def test_a_provider_that_was_disabled_meanwhile_signs_nobody_on(
    acme: Cast, provider: IdentityProvider, browser: Browser
) -> None:
    asked = leave(browser, provider.id)
    with use_tenant(acme.organization):
        change(provider.id, by=acme.people["alice"], now=timezone.now(), is_enabled=False)

    assert refused(come_back(browser, asked, asked.response())) == (400, True, False)


def test_a_response_comes_by_post_alone(provider: IdentityProvider, browser: Browser) -> None:
    """A compressed bomb in an address (HTTP-Redirect binding) is never unpacked: there is no such way in."""
    bomb = quote_plus(b64encode(zlib.compress(b"<" * (10 << 20), wbits=-15)).decode())

    assert browser.get(f"/sso/{provider.id}/acs/?SAMLResponse={bomb}").status == 405


@pytest.mark.parametrize("sent", ["", "%", "PHNhbWw+", "PGE+PC9hPg==", "A" * 600_000, "\ud7ff\0"])
def test_what_is_no_response_is_refused(provider: IdentityProvider, browser: Browser, sent: str) -> None:
    asked = leave(browser, provider.id)

    assert come_back(browser, asked, sent).status in (400, 403)


def test_two_responses_are_none(provider: IdentityProvider, browser: Browser) -> None:
    asked = leave(browser, provider.id)
    page = browser.post(f"/sso/{provider.id}/acs/", SAMLResponse=[asked.response(), asked.response()])

    assert refused(page) == (400, True, False)


@pytest.mark.parametrize("page", ["acs/", "metadata/"])
def test_there_is_nothing_for_what_is_no_saml_provider_here(acme: Cast, globex: Cast, page: str) -> None:
    oidc = connect(acme, protocol="oidc", settings={"issuer": "https://id.acme.example"}, is_enabled=False)
    theirs = connect(globex)
    ways = [(acme.host, oidc.id), (acme.host, theirs.id), ("localhost", theirs.id)]

    found = [
        Browser(host).get(f"/sso/{provider_id}/{page}").status
        if page == "metadata/"
        else Browser(host).post(f"/sso/{provider_id}/{page}", SAMLResponse="PGEvPg==").status
        for host, provider_id in ways
    ]

    assert found == [404, 404, 404]


def test_our_metadata_says_where_responses_go(provider: IdentityProvider, browser: Browser) -> None:
    asked = leave(browser, provider.id)
    page = browser.get(f"/sso/{provider.id}/metadata/")

    assert page.headers["Content-Type"] == "application/samlmetadata+xml"
    assert f'entityID="{asked.entity_id}"' in page.text
    assert f'Location="{asked.acs}"' in page.text
