"""Addresses under /sso/ on an organization's host: which provider is meant, and where it sends browsers back to (callback)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from accounts.models import IdentityProvider, SignOnProtocol
from workix.core.current import Current
from workix.core.errors import NotFound

#: What comes behind /sso/<provider>/ where its answers go.
_CALLBACKS: dict[str, str] = {SignOnProtocol.OIDC: "callback/", SignOnProtocol.SAML: "acs/"}


def provider_here(provider_id: UUID) -> IdentityProvider:
    """Return a provider of the organization whose host was asked; the platform's host has none.

    :raises NotFound: when there is none with this id.
    """
    if Current.find_organization() is None:
        raise Http404
    provider = IdentityProvider.objects.filter(id=provider_id).first()
    if provider is None:
        raise NotFound
    return provider


def callback_path(provider: IdentityProvider) -> str:
    """Return the path that a provider sends browsers back to. See Note [Redirect URIs]."""
    return f"/sso/{provider.id}/{_CALLBACKS[provider.protocol]}"


def callback_address(request: HttpRequest, provider: IdentityProvider) -> str:
    """Return the whole of it, on the host that was asked."""
    return request.build_absolute_uri(callback_path(provider))
