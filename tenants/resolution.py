"""Tenant resolution: which organization a request belongs to, by its host or its credential."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from tenants.models import Organization, Status
from tenants.scope import Scope, use_platform, use_tenant
from workix.core.current import Current
from workix.core.errors import Denied, NotFound

#: How long a process may believe what it knows of an organization. What must be true on the very next call
#: (suspended? session ended?) is asked in the request's own query, not here.
BELIEVED_SECONDS = 5.0
_LARGEST = 10_000


class UnknownHost(NotFound):
    code = "unknown_host"
    detail = "No organization lives at this address."


class WrongOrganization(Denied):
    code = "wrong_organization"
    detail = "This token belongs to another organization than this address."


class OrganizationSuspended(Denied):
    code = "organization_suspended"
    detail = "This organization is suspended. Ask the operator of the platform."


@dataclass(frozen=True, slots=True)
class _Known:
    organization: Organization | None
    until: float


_known: dict[str, _Known] = {}


def resolve(request: HttpRequest) -> Organization | None:
    """Return the organization of a request: of its host, else of its verified credential; None for the platform.

    :raises UnknownHost: for a host that is nobody's; it never falls back to anybody.
    :raises WrongOrganization: when host and credential name two organizations.
    :raises OrganizationSuspended: when the one they name is suspended.
    """
    host = host_of(request)
    claimed = _reader()(request)
    if is_platform_host(host):
        organization = find_by_id(claimed) if claimed else None
    else:
        organization = find_by_host(host)
        if organization is None:
            raise UnknownHost
        if claimed not in (None, organization.id):
            raise WrongOrganization
    if organization is not None and organization.status == Status.SUSPENDED:
        raise OrganizationSuspended
    return organization


@cache
def _reader() -> Callable[[HttpRequest], UUID | None]:
    reader: Callable[[HttpRequest], UUID | None] = import_string(settings.WORKIX_ORGANIZATION_OF_CREDENTIAL)
    return reader


def scope_of_host(request: HttpRequest) -> Scope:
    """Return the scope a request's host alone leads to, whatever credential came with it. For log-ins.

    :raises UnknownHost: for a host that is nobody's.
    """
    host = host_of(request)
    if is_platform_host(host):
        return use_platform()
    organization = find_by_host(host)
    if organization is None:
        raise UnknownHost
    return use_tenant(organization)


def require_known_host(request: HttpRequest) -> None:
    """Let the platform's host pass, and those of organizations.

    :raises UnknownHost: for a host that is nobody's.
    """
    host = host_of(request)
    if not is_platform_host(host) and find_by_host(host) is None:
        raise UnknownHost


def host_of(request: HttpRequest) -> str:
    """Return the host a request is addressed to: lower case, without port and final dot."""
    host: str = request.META.get("HTTP_HOST", "").lower()
    if not host.endswith("]"):
        name, colon, port = host.rpartition(":")
        host = name if colon and port.isdigit() else host
    return host.removesuffix(".")


def is_platform_host(host: str) -> bool:
    if host == settings.WORKIX.host:
        return True
    return not settings.WORKIX.production and host in ("localhost", "127.0.0.1", "[::1]")


def find_by_host(host: str) -> Organization | None:
    if len(host) > 253 or not host.isprintable():
        return None
    return _find(f"host:{host}", domains__host=host)


def find_by_id(organization_id: UUID) -> Organization | None:
    return _find(f"id:{organization_id}", id=organization_id)


def find_by_slug(slug: str) -> Organization | None:
    return _find(f"slug:{slug}", slug=slug) if len(slug) <= 100 else None


def find_by_schema(schema_name: str) -> Organization | None:
    if len(schema_name) > 63 or not schema_name.isprintable():
        return None
    return _find(f"schema:{schema_name}", schema_name=schema_name)


def get_by_schema(schema_name: str) -> Organization:
    """Return the organization of a schema; asked for the one in scope, it needs no look-up.

    :raises Organization.DoesNotExist: when the schema is nobody's.
    """
    current = Current.find_organization()
    if isinstance(current, Organization) and current.schema_name == schema_name:
        return current
    found = find_by_schema(schema_name)
    if found is None:
        raise Organization.DoesNotExist(f"The schema {schema_name!r} is no organization's.")
    return found


def forget_all() -> None:
    """Believe nothing any more: an organization was changed in this process."""
    _known.clear()


def _find(key: str, **conditions: object) -> Organization | None:
    now = time.monotonic()
    known = _known.get(key)
    if known is not None and known.until > now:
        return known.organization
    with use_platform():
        organization = Organization.objects.filter(deleted_at__isnull=True, **conditions).first()
    if len(_known) >= _LARGEST:
        _known.clear()
    _known[key] = _Known(organization, now + BELIEVED_SECONDS)
    return organization
