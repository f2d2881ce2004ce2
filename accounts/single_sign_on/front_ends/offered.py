"""Providers that are offered to whoever has not logged in: on the log-in page ("Sign in with …"), and to front-ends."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import IdentityProvider
from accounts.realms import find_named
from tenants.models import Domain, Organization
from tenants.resolution import host_of, is_platform_host
from tenants.scope import use_platform, use_tenant
from workix.core.current import Current


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody to sign on with, and where that begins."""

    id: UUID
    name: str
    address: str


def offered(slug: str, *, request: HttpRequest) -> list[Offered]:
    """List who signs on the people of the host's organization, or on the platform's host of the one that is named."""
    organization = find_named(slug)
    if organization is None:
        return []
    origin = _origin_of(organization, request)
    with use_tenant(organization):
        return [Offered(each.id, each.name, f"{origin}sso/{each.id}/") for each in _enabled()]


def offered_here() -> list[Offered]:
    """List who signs people on here, for a page; nobody on the platform's host."""
    if Current.find_organization() is None:
        return []
    return [Offered(each.id, each.name, f"/sso/{each.id}/") for each in _enabled()]


def _enabled() -> QuerySet[IdentityProvider]:
    return IdentityProvider.objects.filter(is_enabled=True).order_by("created_at", "id")


def origin_here(request: HttpRequest) -> str:
    """Return where the pages of the organization in scope are, with a slash behind it."""
    organization = Current.organization
    assert isinstance(organization, Organization)  # of a request
    return _origin_of(organization, request)


def _origin_of(organization: Organization, request: HttpRequest) -> str:
    """Return the host that was asked, where it is the organization's; else its first one."""
    if not is_platform_host(host_of(request)):
        return request.build_absolute_uri("/")
    with use_platform():
        host = Domain.objects.get(organization=organization, is_primary=True).host
    scheme, _, rest = settings.WORKIX.public_url.partition("://")
    port = rest.rpartition(":")[2] if ":" in rest else ""
    return f"{scheme}://{host}{':' + port if port else ''}/"
