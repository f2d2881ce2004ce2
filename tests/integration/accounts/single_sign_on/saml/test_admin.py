"""SAML providers in the dashboard and the API: added by metadata, tested by an admin; what can't be is said beside it."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from accounts.models import IdentityProvider
from tenants.scope import use_tenant
from tests.acts import rows
from tests.browsers import Browser, Page, browser_of
from tests.cast import Api, Cast
from tests.integration.accounts.single_sign_on.saml.connected import SETTINGS, asked_by, come_back, connect
from tests.saml.keys import pem, rsa_key
from tests.unit.accounts.single_sign_on.saml.test_metadata import described

LIST = "/admin/accounts/identityprovider/"
ADD = f"{LIST}add/?protocol=saml"
ATTRIBUTES = dict.fromkeys(("email_attribute", "first_name_attribute", "last_name_attribute", "groups_attribute"), "")
KEPT = {"metadata_url": "", **SETTINGS, **ATTRIBUTES}
NOT_INSTALLED = "SAML is not installed on this platform."


@pytest.fixture
def desk(acme: Cast) -> Browser:
    return browser_of(acme, "alice")


def add(desk: Browser, **typed: Any) -> Page:
    desk.get(ADD)
    usual = {"name": "Acme SAML", "domains": "acme.example", "default_role": "user", "is_authoritative": "on"}
    return desk.post(ADD, **(usual | typed))


def only_provider(cast: Cast) -> IdentityProvider:
    with use_tenant(cast.organization):
        return IdentityProvider.objects.get()


def test_an_admin_adds_a_provider_by_its_metadata(acme: Cast, desk: Browser) -> None:
    page = add(desk, metadata=described().decode())
    provider = only_provider(acme)

    assert (page.status, provider.protocol, provider.settings, provider.is_enabled) == (302, "saml", KEPT, False)


def test_its_page_shows_what_the_provider_asks_for(acme: Cast, desk: Browser) -> None:
    provider = connect(acme)
    page = desk.get(f"{LIST}{provider.id}/change/")
    address = f"http://{acme.host}/sso/{provider.id}"

    assert [f"{address}/{part}" in page.words for part in ("acs/", "metadata/")] == [True, True]
    assert f'href="{address}/metadata/"' in page.text
    assert pem(rsa_key("provider")).splitlines()[1] in page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"metadata": "<!DOCTYPE a><a/>"}, "It holds a DTD, a comment, a CDATA section or a processing instruction."),
        ({"certificates": "x"}, "This is not a certificate (X.509, PEM)."),
        ({"sso_url": "http://idp.example"}, "must begin with https://"),
    ],
)
def test_what_can_not_be_is_said_beside_it(acme: Cast, desk: Browser, typed: dict[str, str], said: str) -> None:
    page = add(desk, **typed)

    assert (page.status, said in page.words) == (200, True)
    assert rows("SELECT count(*) FROM identity_providers", acme) == [(0,)]


def test_an_admin_signs_on_as_themself_and_sees_what_came_back(acme: Cast, desk: Browser) -> None:
    provider = connect(acme, is_enabled=False)
    asked = asked_by(desk.get(f"{LIST}{provider.id}/test/").goes_to)

    page = come_back(desk, asked, asked.response(attributes={"email": "alice@acme.example", "groups": "staff"}))

    assert [each in page.words for each in ("It works.", "alice@acme.example", "staff")] == [True] * 3


def test_a_test_that_fails_says_why(acme: Cast, desk: Browser) -> None:
    provider = connect(acme, is_enabled=False)
    asked = asked_by(desk.get(f"{LIST}{provider.id}/test/").goes_to)

    page = come_back(desk, asked, asked.response(audience="https://other.example"))

    assert "The assertion is for somebody else (Audience): check our entity ID at the provider." in page.words


def test_where_the_extra_is_missing_the_dashboard_says_so(
    acme: Cast, desk: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "signxml", None)

    assert NOT_INSTALLED in desk.get(ADD).words
    assert NOT_INSTALLED in add(desk, metadata=described().decode()).words
    assert NOT_INSTALLED not in desk.get(f"{LIST}add/").words


def test_the_api_takes_and_shows_a_saml_provider(acme: Cast, alice: Api) -> None:
    said = {"name": "Acme SAML", "protocol": "saml", "settings": {"metadata": described().decode()}, "domains": []}

    made = alice.post("identity-providers/", said)

    callback = f"/sso/{made.body['id']}/acs/"
    assert (made.status, made.body["settings"], made.body["callback"]) == (201, KEPT, callback)


def test_the_api_says_where_the_extra_is_missing(alice: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "signxml", None)

    refused = alice.post("identity-providers/", {"name": "Acme", "protocol": "saml", "settings": {}, "domains": []})

    assert (refused.status, refused.body["code"]) == (409, "saml_not_installed")


def test_a_provider_without_certificates_is_not_enabled(acme: Cast, alice: Api) -> None:
    provider = connect(acme, settings={"entity_id": "x", "sso_url": "https://idp.example"}, is_enabled=False)

    refused = alice.patch(f"identity-providers/{provider.id}/", {"is_enabled": True})

    assert (refused.status, refused.body["code"]) == (409, "provider_not_complete")
