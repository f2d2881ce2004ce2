"""Single sign-on in the dashboard: providers are added, tested, enabled and removed; the log-in page offers them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from accounts.models import IdentityProvider
from accounts.single_sign_on.providers import NotAllOfAnAdmin, add
from tenants.scope import use_tenant
from tests.acts import rows
from tests.browsers import Browser, Page, browser_of
from tests.cast import Cast
from tests.integration.accounts.second_factors.phones import let_log_in_age
from tests.integration.accounts.single_sign_on.provider import FakeProvider
from tests.integration.accounts.single_sign_on.signing_on import come_back, connect, query_of

LIST = "/admin/accounts/identityprovider/"
ALICE = {"sub": "alice-1", "email": "alice@acme.example", "email_verified": True, "groups": ["bosses"]}
TYPED: dict[str, Any] = {
    "name": "Acme ID",
    "issuer": "https://login.acme.example",
    "client_id": "workix",
    "secret": "a very secret client secret",
    "domains": "acme.example\nacme.test",
    "group_roles": "bosses = admin\nguests=Viewer",
    "groups_claim": "",
    "default_role": "user",
}


@pytest.fixture
def admin(acme: Cast) -> Browser:
    return browser_of(acme, "alice")


def page_of(acme: Cast) -> str:
    ((identity,),) = rows("SELECT id FROM identity_providers", acme)
    return f"{LIST}{identity}/"


def test_an_admin_adds_a_provider_sees_its_callback_and_enables_it(acme: Cast, admin: Browser) -> None:
    assert "There is no identity provider." in admin.get(LIST).words
    assert admin.post(f"{LIST}add/", **TYPED, _save="Save").status == 302
    page = page_of(acme)
    shown = admin.get(f"{page}change/")
    assert f"http://acme.localhost/sso/{page.split('/')[-2]}/callback/" in shown.words
    assert TYPED["secret"] not in shown.text
    kept = rows("SELECT domains, group_roles, default_role, is_enabled FROM identity_providers", acme)
    assert kept == [("acme.example acme.test", {"bosses": "admin", "guests": "viewer"}, "user", False)]
    assert "Sign in with" not in Browser(acme.host).get("/admin/login/").words
    secret = rows("SELECT encrypted_secret FROM identity_providers", acme)
    assert admin.post(f"{page}change/", **{**TYPED, "secret": "", "is_enabled": "on"}, _save="Save").status == 302
    assert rows("SELECT encrypted_secret FROM identity_providers", acme) == secret, "an empty field changes no secret"
    offered = Browser(acme.host).get("/admin/login/?next=/admin/accounts/user/")
    assert "Sign in with Acme ID" in offered.words
    assert f'href="/sso/{page.split("/")[-2]}/?next=%2Fadmin%2Faccounts%2Fuser%2F"' in offered.text
    assert admin.post(f"{page}delete/", post="yes").status == 302
    assert "There is no identity provider." in admin.get(LIST).words


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"issuer": "http://login.acme.example"}, "must begin with https://"),
        ({"domains": "no domain"}, "must be the domain of addresses"),
        ({"group_roles": "bosses"}, "Write a group, = and its role in each line."),
        ({"group_roles": "bosses = king"}, "Map a group by its name to admin, user or viewer."),
        ({"default_role": "admin"}, "Select a valid choice."),
    ],
    ids=str,
)
def test_what_is_refused_is_said_where_it_was_typed(
    acme: Cast, admin: Browser, typed: dict[str, str], sentence: str
) -> None:
    page = admin.post(f"{LIST}add/", **{**TYPED, **typed}, _save="Save")
    assert (page.status, sentence in page.words, TYPED["secret"] in page.text) == (200, True, False)
    assert rows("SELECT count(*) FROM identity_providers", acme) == [(0,)]


def try_out(admin: Browser, acme: Cast, fake: FakeProvider) -> Page:
    page = page_of(acme)
    gone = admin.get(f"{page}test/")
    code = fake.authorize(gone.goes_to)
    return come_back(admin, page.split("/")[-2], state=query_of(gone.goes_to)["state"], code=code)  # type: ignore[arg-type]


def test_an_admin_tests_a_provider_that_is_not_enabled(acme: Cast, admin: Browser, fake: FakeProvider) -> None:
    connect(acme, fake, is_enabled=False, group_roles={"bosses": "admin"})
    fake.person = ALICE
    shown = try_out(admin, acme, fake)
    assert (shown.status, "It works." in shown.words) == (200, True)
    for said in ("alice-1", "alice@acme.example, verified by the provider", "bosses", "admin"):
        assert said in shown.words
    assert rows("SELECT subject FROM external_identities", acme) == [("alice-1",)]
    assert rows("SELECT count(*) FROM sessions", acme) == [(1,)], "it opened none"


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        ({"sub": "bob-1", "email": "bob@acme.example", "email_verified": True}, "This is somebody else than you"),
        ({"sub": "carol-1", "email": "carol@acme.example", "email_verified": True}, "This is somebody else than you"),
        ({**ALICE, "email_verified": False}, "does not say that your address is verified"),
        ({**ALICE, "nonce": "another"}, "its nonce is not ours"),
        ({**ALICE, "sub": "<script>alert(1)</script>", "email": ""}, "told no e-mail address"),
    ],
)
def test_a_test_says_why_it_would_be_refused_and_changes_nothing(
    acme: Cast, admin: Browser, fake: FakeProvider, person: dict[str, Any], sentence: str
) -> None:
    connect(acme, fake, is_enabled=False)
    fake.person = person
    shown = try_out(admin, acme, fake)
    assert (shown.status, sentence in shown.words, "<script>alert" in shown.text) == (200, True, False)
    assert rows("SELECT count(*) FROM external_identities", acme) == [(0,)]
    assert rows("SELECT count(*) FROM users", acme) == [(3,)]


def test_a_test_is_finished_by_nobody_but_who_began_it(acme: Cast, admin: Browser, fake: FakeProvider) -> None:
    connect(acme, fake, is_enabled=False)
    fake.person = ALICE
    page = page_of(acme)
    gone = admin.get(f"{page}test/")
    admin.get("/admin/")
    admin.post("/admin/logout/")
    code = fake.authorize(gone.goes_to)
    back = come_back(admin, page.split("/")[-2], state=query_of(gone.goes_to)["state"], code=code)  # type: ignore[arg-type]
    assert (back.status, rows("SELECT count(*) FROM external_identities", acme)) == (400, [(0,)])


def test_nobody_but_an_admin_sees_or_tests_a_provider(acme: Cast, globex: Cast, provider: IdentityProvider) -> None:
    for browser in (Browser(acme.host), browser_of(globex, "gina")):
        for path in (LIST, f"{page_of(acme)}change/", f"{page_of(acme)}test/"):
            page = browser.get(path)
            assert page.status in (200, 302, 403, 404)
            assert "Acme ID" not in page.words
    assert rows("SELECT count(*) FROM sign_ons", acme) == [(0,)]


def test_without_all_that_an_admin_may_do_nobody_names_a_provider(acme: Cast) -> None:
    with use_tenant(acme.organization), pytest.raises(NotAllOfAnAdmin):
        add(protocol="oidc", by=acme.people["bob"], name="Ours", settings={"issuer": TYPED["issuer"]})


def test_who_logged_in_long_ago_is_asked_once_more_before_they_change_who_signs_people_on(
    acme: Cast, admin: Browser, provider: IdentityProvider
) -> None:
    page = page_of(acme)
    let_log_in_age(acme, timedelta(minutes=16))
    asked = [
        admin.get(f"{LIST}add/?protocol=saml").goes_to,
        admin.post(f"{LIST}add/", **TYPED, _save="Save").goes_to,
        admin.post(f"{page}change/", **TYPED, _save="Save").goes_to,
        admin.post(f"{page}delete/", post="yes").goes_to,
    ]
    names = ["add/?protocol=saml", "add/", f"{provider.id}/change/", f"{provider.id}/delete/"]
    assert asked == [f"/admin/reauthentication/?{urlencode({'next': LIST + name})}" for name in names]
    assert rows("SELECT name, is_enabled FROM identity_providers", acme) == [("Acme ID", True)]
    assert admin.get(f"{page}change/").status == 200, "to look is not to change"
