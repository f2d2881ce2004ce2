"""An organization with a SAML identity provider, and a browser that goes there and comes back."""

from __future__ import annotations

import zlib
from base64 import b64decode
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID
from xml.etree import ElementTree as ET

from django.test import Client
from django.utils import timezone

from accounts.models import IdentityProvider
from accounts.single_sign_on.providers import add, change
from tenants.scope import use_tenant
from tests.browsers import Browser, Page
from tests.cast import Cast
from tests.saml.identity_provider import ISSUER, SSO_URL, Said, Signing, encoded, signed
from tests.saml.keys import pem, rsa_key

SETTINGS = {"entity_id": ISSUER, "sso_url": SSO_URL, "certificates": pem(rsa_key("provider"))}
PAGE = "/admin/accounts/invitation/"


@dataclass(frozen=True)
class Asked:
    """What an AuthnRequest asked for."""

    id: str
    acs: str
    entity_id: str

    def saying(self, **said: Any) -> Said:
        """Say what answers it."""
        name = said.pop("name", "alice@acme.example")
        usual = {"subject": f"<saml:NameID>{name}</saml:NameID>", "attributes": {"email": name}}
        answered = Said(now=timezone.now(), request=self.id, acs=self.acs, audience=self.entity_id)
        return replace(answered, **(usual | said))

    def response(self, *, signing: Signing | None = None, **said: Any) -> str:
        """Write the signed response."""
        return encoded(signed(self.saying(**said), signing))


def connect(cast: Cast, **said: Any) -> IdentityProvider:
    """Have an admin add a SAML provider that speaks for its addresses, and enable it."""
    admin = next(user for user in cast.people.values() if user.role == "admin")
    usual: dict[str, Any] = {
        "name": "Acme SAML",
        "protocol": "saml",
        "settings": SETTINGS,
        "domains": [f"{cast.organization.slug}.example"],
        "is_authoritative": True,
        "creates_people": True,
    }
    is_enabled = said.pop("is_enabled", True)
    with use_tenant(cast.organization):
        provider = add(by=admin, **(usual | said))
        return change(provider.id, by=admin, now=timezone.now(), is_enabled=is_enabled)


def leave(browser: Browser, provider_id: UUID, **query: str) -> Asked:
    """Begin, and read what the provider is asked."""
    page = browser.get(f"/sso/{provider_id}/{'?' + urlencode(query) if query else ''}")
    assert page.status == 302, page.text
    return asked_by(page.goes_to)


def asked_by(address: str) -> Asked:
    (sent,) = parse_qs(urlsplit(address).query)["SAMLRequest"]
    request = ET.fromstring(zlib.decompress(b64decode(sent), wbits=-15))
    issuer = request.findtext("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer")
    return Asked(request.attrib["ID"], request.attrib["AssertionConsumerServiceURL"], issuer or "")


def come_back(browser: Browser, asked: Asked, response: str, **fields: str) -> Page:
    """Post a response as a browser does once it is on a page of ours."""
    return browser.post(urlsplit(asked.acs).path, SAMLResponse=response, **fields)


def come_from_elsewhere(browser: Browser, asked: Asked, response: str) -> Page:
    """Post a response as a browser does from the provider's page: without any cookie."""
    return Browser(browser.host, Client(enforce_csrf_checks=True)).post(urlsplit(asked.acs).path, SAMLResponse=response)


def sign_on(browser: Browser, provider: IdentityProvider, **said: Any) -> Page:
    """Go to the provider, be who it says, and come back."""
    asked = leave(browser, provider.id, next=PAGE)
    return come_back(browser, asked, asked.response(**said))
