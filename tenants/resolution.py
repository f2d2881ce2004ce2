"""Tenant resolution: which organization a request belongs to, by its host or its credential."""

# Raw SQL: the look-up of each request, see Note [Believed for a moment].

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection
from django.http import HttpRequest
from django.utils.module_loading import import_string

from tenants.models import Organization, Status
from tenants.scope import Scope, use_platform, use_tenant
from workix.core.current import Current
from workix.core.errors import Denied, NotFound

# Note [Believed for a moment]
# A process looks an organization up once in five seconds. What must be true on the very next call (suspended? session
# ended?) is asked in the request's own query, not here. A NOTIFY of every change would let it believe for longer, for a
# connection more a process; any role may send one, though, and no privilege keeps it from that: an organization could keep
# all the others' caches empty. So the look-up is made cheap instead: one statement by a unique index, without the ORM.

#: How long a process may believe what it knows of an organization. See Note [Believed for a moment].
BELIEVED_SECONDS = 5.0
_LARGEST = 10_000
#: Where a request keeps it. What a client sends as a header is kept under names with HTTP_ before them.
_OF_HOST = "tenants.organization_of_host"


class UnknownHost(NotFound):
    code = "unknown_host"
    detail = "No organization lives at this address."


class WrongOrganization(Denied):
    code = "wrong_organization"
    detail = "This token belongs to another organization than this address."


class OrganizationSuspended(Denied):
    code = "organization_suspended"
    detail = "This organization is suspended. Ask the operator of the platform."


class OrganizationEnded(NotFound):
    detail = "This organization is not here any more. It ended while you were answered."


@dataclass(frozen=True, slots=True)
class _Known:
    organization: Organization | None
    until: float


_known: dict[tuple[str, UUID | str], _Known] = {}


def resolve(request: HttpRequest) -> Organization | None:
    """Return the organization of a request: of its host, else of its verified credential; None for the platform.

    :raises UnknownHost: for a host that is nobody's; it never falls back to anybody.
    :raises WrongOrganization: when host and credential name two organizations.
    :raises OrganizationSuspended: when the one they name is suspended.
    """
    organization, claimed = _organization_of_host(request), _reader()(request)
    if organization is None:
        organization = find_by_id(claimed) if claimed else None
    elif claimed not in (None, organization.id):
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
    organization = _organization_of_host(request)
    return use_tenant(organization) if organization else use_platform()


def require_known_host(request: HttpRequest) -> None:
    """Let the platform's host pass, and those of organizations.

    :raises UnknownHost: for a host that is nobody's.
    """
    _organization_of_host(request)


def origins_of_host(request: HttpRequest) -> tuple[str, ...]:
    """Return whose pages may call the organization's host (CORS); none on the platform's, and on one that is nobody's."""
    try:
        organization = _organization_of_host(request)
    except (UnknownHost, OperationalError, InterfaceError):
        return ()  # why, the response says itself
    return tuple(organization.allowed_origins.split()) if organization else ()


def _organization_of_host(request: HttpRequest) -> Organization | None:
    """Look up whose host a request is addressed to, once a request; None is the platform's."""
    if _OF_HOST not in request.META:
        host = host_of(request)
        request.META[_OF_HOST] = None if is_platform_host(host) else _get_by_host(host)
    found: Organization | None = request.META[_OF_HOST]
    return found


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
    return _find("host", host)


def _get_by_host(host: str) -> Organization:
    organization = find_by_host(host)
    if organization is None:
        raise UnknownHost
    return organization


def find_by_id(organization_id: UUID) -> Organization | None:
    return _find("id", organization_id)


def find_by_slug(slug: str) -> Organization | None:
    return _find("slug", slug) if len(slug) <= 100 and slug.isprintable() else None


def find_by_schema(schema_name: str) -> Organization | None:
    if len(schema_name) > 63 or not schema_name.isprintable():
        return None
    return _find("schema_name", schema_name)


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


def ended_meanwhile(sender: object, **kwargs: Any) -> OrganizationEnded | None:
    """Receive `fault_met`: an organization that ends in the middle of a request has no row, no quota and no jobs any more."""
    organization = Current.find_organization()
    if not isinstance(organization, Organization):
        return None
    _known.pop(("id", organization.id), None)
    return None if find_by_id(organization.id) else OrganizationEnded()


def forget_all() -> None:
    """Believe nothing any more: an organization was changed in this process."""
    _known.clear()


_FIELDS = [field.attname for field in Organization._meta.concrete_fields]
_COLUMNS = ", ".join(f'o."{field.column}"' for field in Organization._meta.concrete_fields)
_LOOK_UPS = {
    by: f"SELECT {_COLUMNS} FROM organizations AS o {where} AND o.deleted_at IS NULL"  # noqa: S608  # names of our own columns
    for by, where in {
        "host": "JOIN domains AS d ON d.organization_id = o.id WHERE d.host = %s",
        "id": "WHERE o.id = %s",
        "slug": "WHERE o.slug = %s",
        "schema_name": "WHERE o.schema_name = %s",
    }.items()
}


def _find(by: str, value: UUID | str) -> Organization | None:
    key, now = (by, value), time.monotonic()
    known = _known.get(key)
    if known is not None and known.until > now:
        return _unless_over(known.organization)
    ours: Any = connection  # our own backend
    with ours.kept(), use_platform(), connection.cursor() as cursor:  # what a dry run has written is nothing to believe
        cursor.execute(_LOOK_UPS[by], [value])
        row = cursor.fetchone()
    organization = Organization.from_db(DEFAULT_DB_ALIAS, _FIELDS, row) if row else None
    if len(_known) >= _LARGEST:
        _known.clear()
    _known[key] = _Known(organization, now + BELIEVED_SECONDS)
    return _unless_over(organization)


def _unless_over(organization: Organization | None) -> Organization | None:
    """Find a sandbox whose time is over no more, whether or not it is removed yet."""
    end = organization.sandbox_expires_at if organization else None
    return None if end is not None and end.timestamp() <= time.time() else organization
