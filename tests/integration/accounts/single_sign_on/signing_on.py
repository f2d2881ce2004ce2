"""Signing on in a test: a provider of Acme's, a browser that goes there and comes back, and what it holds then."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

from django.utils import timezone

from accounts.models import IdentityProvider, User
from accounts.single_sign_on.providers import add, change
from tenants.scope import use_tenant
from tests.acts import rows
from tests.browsers import Browser, Page
from tests.cast import Cast
from tests.integration.accounts.single_sign_on.provider import SECRET, FakeProvider

CAROL = {
    "sub": "carol-1",
    "email": "carol@acme.example",
    "email_verified": True,
    "given_name": "Carol",
    "family_name": "Shaw",
}


def connect(cast: Cast, fake: FakeProvider, **said: Any) -> IdentityProvider:
    """Have an admin add this provider, and enable it."""
    admin = next(user for user in cast.people.values() if user.role == "admin")
    details: dict[str, Any] = {
        "name": "Acme ID",
        "protocol": "oidc",
        "settings": {"issuer": fake.issuer, "client_id": "workix"},
        "secret": SECRET,
        "domains": ["acme.example"],
        "creates_people": True,
    }
    is_enabled = said.pop("is_enabled", True)
    with use_tenant(cast.organization):
        provider = add(by=admin, **{**details, **said})
        return change(provider.id, by=admin, now=timezone.now(), is_enabled=is_enabled)


def provider_of(cast: Cast) -> IdentityProvider:
    """Have an admin add a provider that is nowhere, in the scope of the organization that is entered."""
    admin = next(user for user in cast.people.values() if user.role == "admin")
    settings = {"issuer": "https://login.acme.example", "client_id": "workix"}
    return add(by=admin, name="Acme ID", protocol="oidc", settings=settings, domains=["acme.example"])


def leave(browser: Browser, provider_id: UUID, **query: str) -> str:
    """Begin, and return where the browser is sent."""
    page = browser.get(f"/sso/{provider_id}/{'?' + urlencode(query) if query else ''}")
    assert page.status == 302, page.text
    return page.goes_to


def query_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def come_back(browser: Browser, provider_id: UUID, **query: str) -> Page:
    return browser.get(f"/sso/{provider_id}/callback/?{urlencode(query)}")


def sign_on(browser: Browser, provider: IdentityProvider, fake: FakeProvider, **begun: str) -> Page:
    """Go to the provider, be who it says, and come back."""
    address = leave(browser, provider.id, **begun)
    code = fake.authorize(address)
    return come_back(browser, provider.id, state=query_of(address)["state"], code=code)


def person(cast: Cast, email: str) -> User | None:
    with use_tenant(cast.organization):
        return User.objects.filter(email=email).first()


def nothing_came_of_it(acme: Cast, page: Page, status: int = 403) -> None:
    """Make sure that a sign-on opened nothing, and made nobody a person."""
    assert page.status == status, page.words
    assert rows("SELECT count(*) FROM sessions", acme) == [(0,)]
    assert rows("SELECT count(*) FROM users WHERE email = 'carol@acme.example'", acme) == [(0,)]
