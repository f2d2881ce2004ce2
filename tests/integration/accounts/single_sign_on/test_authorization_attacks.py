"""Attacks on authorization responses and on what providers answer (OAuth, RFC 9700): each opens no session."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import IdentityProvider
from accounts.single_sign_on import attempts
from tenants.scope import use_tenant
from tests.acts import at_once, rows
from tests.browsers import Browser
from tests.cast import Cast
from tests.integration.accounts.single_sign_on.provider import FakeProvider, fake_provider
from tests.integration.accounts.single_sign_on.signing_on import (
    CAROL,
    come_back,
    connect,
    leave,
    nothing_came_of_it,
    query_of,
    sign_on,
)

DOWN_THE_ROAD = timezone.timedelta(minutes=11)


def test_without_state_or_with_another_nothing_is_looked_at(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    code = fake.authorize(leave(browser, provider.id))
    before = len(fake.asked)
    for query in ({}, {"state": ""}, {"state": "x" * 86}, {"state": "é"}, {"state": "\x00"}):
        nothing_came_of_it(acme, come_back(browser, provider.id, code=code, **query), 400)
    assert len(fake.asked) == before


def test_a_state_that_another_browser_began(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    address = leave(browser, provider.id)
    state, code = query_of(address)["state"], fake.authorize(address)
    bare, other = Browser(acme.host), Browser(acme.host)
    leave(other, provider.id)
    for each in (bare, other):
        nothing_came_of_it(acme, come_back(each, provider.id, state=state, code=code), 400)
    assert come_back(browser, provider.id, state=state, code=code).status == 302, "nobody used it up"


def test_an_answer_that_comes_again(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    address = leave(browser, provider.id)
    kept = browser.client.cookies[attempts.cookie_name()].value
    state, code = query_of(address)["state"], fake.authorize(address)
    assert come_back(browser, provider.id, state=state, code=code).status == 302
    again = Browser(acme.host)
    again.client.cookies[attempts.cookie_name()] = kept
    fake.codes[code] = query_of(address)  # even if the provider took it twice
    assert come_back(again, provider.id, state=state, code=code).status == 400


def test_an_answer_that_comes_many_times_at_once(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    address = leave(browser, provider.id)
    kept = browser.client.cookies[attempts.cookie_name()].value
    state, code = query_of(address)["state"], fake.authorize(address)

    def come(number: int) -> int:
        each = Browser(acme.host)
        each.client.cookies[attempts.cookie_name()] = kept
        return come_back(each, provider.id, state=state, code=code).status

    assert sorted(at_once(come, 4)) == [302, 400, 400, 400]


def test_an_answer_that_comes_too_late(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    address = leave(browser, provider.id)
    rows("UPDATE sign_ons SET expires_at = now() - interval '1 second'", acme)
    page = come_back(browser, provider.id, state=query_of(address)["state"], code=fake.authorize(address))
    nothing_came_of_it(acme, page, 400)


def test_a_code_that_was_put_into_another_sign_on(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    victims = Browser(acme.host)
    stolen = fake.authorize(leave(victims, provider.id), "stolen")
    address = leave(browser, provider.id)
    nothing_came_of_it(acme, come_back(browser, provider.id, state=query_of(address)["state"], code=stolen))


def test_an_answer_of_one_provider_is_not_taken_for_anothers(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    with fake_provider() as evil:
        evil.person = dict(CAROL)
        other = connect(acme, evil, name="Evil")
        address = leave(browser, other.id)
        code = fake.authorize(address)
        state = query_of(address)["state"]
        nothing_came_of_it(acme, come_back(browser, provider.id, state=state, code=code), 400)
        page = come_back(browser, other.id, state=state, code=code, iss=fake.issuer)
        nothing_came_of_it(acme, page)
        assert "/token" not in [path for path, *_ in (*evil.asked, *fake.asked)], "the code was sent to nobody"


@pytest.mark.parametrize("iss", [[], ["https://evil.example"], ["{}", "https://evil.example"], ["{}", "{}"], ["{}/"]])
def test_a_provider_that_names_itself_has_to(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider, iss: list[str]
) -> None:
    fake.metadata = {"authorization_response_iss_parameter_supported": True}
    address = leave(browser, provider.id)
    named = "&".join(f"iss={each.format(fake.issuer)}" for each in iss)
    state, code = query_of(address)["state"], fake.authorize(address)
    page = browser.get(f"/sso/{provider.id}/callback/?state={state}&code={code}&{named}")
    nothing_came_of_it(acme, page)


def test_a_token_of_one_provider_is_not_good_for_another(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    with fake_provider() as evil:
        evil.person, evil.claims = dict(CAROL), {"iss": fake.issuer}
        other = connect(acme, evil, name="Evil")
        nothing_came_of_it(acme, sign_on(browser, other, evil))


def test_a_subject_is_the_providers_own(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    sign_on(browser, provider, fake)
    with fake_provider() as evil:
        evil.person = {**CAROL, "email": "carol@evil.example"}
        other = connect(acme, evil, name="Evil", domains=["evil.example"])
        assert sign_on(Browser(acme.host), other, evil).goes_to == "/api/v1/me/"
    assert rows("SELECT email FROM users WHERE email LIKE 'carol%%' ORDER BY 1", acme) == [
        ("carol@acme.example",),
        ("carol@evil.example",),
    ]


def test_a_provider_of_another_organization_signs_nobody_on_here(
    acme: Cast, globex: Cast, provider: IdentityProvider, fake: FakeProvider
) -> None:
    theirs = connect(globex, fake, domains=["globex.example", "acme.example"])
    assert Browser(acme.host).get(f"/sso/{theirs.id}/").status == 404
    browser = Browser(acme.host)
    there = Browser(globex.host)
    address = leave(there, theirs.id)
    browser.client.cookies[attempts.cookie_name()] = there.client.cookies[attempts.cookie_name()].value
    state, code = query_of(address)["state"], fake.authorize(address)
    nothing_came_of_it(acme, come_back(browser, provider.id, state=state, code=code), 400)
    nothing_came_of_it(acme, come_back(browser, theirs.id, state=state, code=code), 404)


@pytest.mark.parametrize("path", ["/sso/{}/", "/sso/{}/callback/"])
def test_the_host_of_the_platform_signs_nobody_on(provider: IdentityProvider, path: str) -> None:
    assert Browser().get(path.format(provider.id)).status == 404


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "/\t/evil.example/"])
@pytest.mark.parametrize("more", ["", "?next=/"])
def test_a_sign_on_of_pages_leads_nowhere_else(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider, to: str, more: str
) -> None:
    fake.person = {"sub": "alice-1", "email": "alice@acme.example", "email_verified": True}
    assert sign_on(browser, provider, fake, next=to + more).goes_to == "/admin/"


@pytest.mark.parametrize(("error", "kept"), [("x" * 5_000, "x" * 100), ("a\u0007b", "ab"), ("é☂\u202e", "é☂")])
def test_the_trail_keeps_what_can_be_read_of_an_error(
    acme: Cast, browser: Browser, provider: IdentityProvider, error: str, kept: str
) -> None:
    address = leave(browser, provider.id)
    nothing_came_of_it(acme, come_back(browser, provider.id, state=query_of(address)["state"], error=error))
    entries = rows("SELECT changes ->> 'because' FROM audit_logs WHERE action = 'sign_on.refused'", acme)
    assert entries == [(f"The provider refused: {kept}.",)]


def test_a_provider_that_answers_with_an_error(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    address = leave(browser, provider.id)
    page = come_back(browser, provider.id, state=query_of(address)["state"], error="access_denied<script>")
    nothing_came_of_it(acme, page)
    assert "<script>alert" not in page.text
    assert "access_denied<script>" not in page.text


@pytest.mark.parametrize("codes", ["", "code=", "code=a&code=b", "code=" + "x" * 5_000])
def test_an_answer_without_one_code(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider, codes: str
) -> None:
    state = query_of(leave(browser, provider.id))["state"]
    nothing_came_of_it(acme, browser.get(f"/sso/{provider.id}/callback/?state={state}&{codes}"))
    assert "/token" not in [path for path, *_ in fake.asked]


def test_userinfo_of_another_subject(acme: Cast, browser: Browser, fake: FakeProvider) -> None:
    fake.userinfo = {**CAROL, "sub": "somebody else"}
    fake.person = {"sub": "carol-1"}
    provider = connect(acme, fake)
    nothing_came_of_it(acme, sign_on(browser, provider, fake))
    fake.userinfo = dict(CAROL)
    assert sign_on(Browser(acme.host), provider, fake).status == 302, "of the same one it counts"


HUGE = b"[" * 300_000


@pytest.mark.parametrize(
    "answer",
    [
        (302, {"Location": "http://127.0.0.1:1/"}, b""),
        (200, {}, HUGE),
        (200, {}, b"not json"),
        (200, {}, b"[]"),
        (200, {}, b"\xff\xfe"),
        (500, {}, b"{}"),
        (200, {"Content-Length": "-1"}, b"{}"),
        (200, {}, b"[" * 100_000),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/jwks"])
def test_a_provider_that_answers_with_rubbish(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider, path: str, answer: Any
) -> None:
    fake.answers[path] = answer
    if path.endswith("configuration"):
        nothing_came_of_it(acme, browser.get(f"/sso/{provider.id}/"))
    else:
        nothing_came_of_it(acme, sign_on(browser, provider, fake))


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://169.254.169.254/latest/meta-data/"},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": "http://10.0.0.1/"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": None},
    ],
)
def test_metadata_that_leads_astray(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider, metadata: dict[str, Any]
) -> None:
    fake.metadata = metadata
    nothing_came_of_it(acme, browser.get(f"/sso/{provider.id}/"))


def test_the_secret_of_a_provider_is_not_sent_to_an_issuer_that_a_statement_put_there(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    with fake_provider() as evil:
        evil.person = dict(CAROL)
        rows(
            "UPDATE identity_providers SET settings = jsonb_set(settings, '{issuer}', to_jsonb(%(issuer)s::text))",
            acme,
            issuer=evil.issuer,
        )
        nothing_came_of_it(acme, sign_on(browser, provider, evil))
        assert "/token" not in [path for path, *_ in evil.asked]


def test_what_is_kept_of_a_sign_on_opens_nothing(
    acme: Cast, browser: Browser, provider: IdentityProvider, fake: FakeProvider
) -> None:
    address = leave(browser, provider.id)
    asked = query_of(address)
    kept = str(rows("SELECT * FROM sign_ons", acme))
    cookie = browser.client.cookies[attempts.cookie_name()]
    for secret in (asked["state"], asked["nonce"], cookie.value):
        assert secret not in kept
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    with use_tenant(acme.organization):
        assert fake.issuer not in kept
