"""Bearer authentication (JWT): from the Authorization header to a person; and whose credential it is, key or token."""

# Raw SQL: session, person, own roles and organization in one statement a request.

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django.db import connection
from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from accounts.api_keys import key_format
from accounts.models import User
from accounts.tokens import access_tokens
from tenants.resolution import OrganizationSuspended
from workix.core.current import Current
from workix.core.errors import NotAuthenticated

#: Where a request keeps what its API key says, once that was read. What a client sends as a header has HTTP_ before its name.
KEY = "accounts.key"


class SessionRevoked(NotAuthenticated):
    code = "session_revoked"
    detail = "This session has ended. Log in again."


# Note [One look-up]
# A signature says what was true when it was made. Session, person, their own roles and organization are asked for in one
# statement on every request, so that log-out, removal, demotion and suspension hold from the very next call. The
# statement runs as the organization's own role: a session id of anybody else is not there.
_FIELDS = [field.attname for field in User._meta.concrete_fields]
_COLUMNS = ", ".join(f'u."{field.column}"' for field in User._meta.concrete_fields)
_LOOK_UP = (
    f"SELECT {{is_open}}, {{granted}}, coalesce(s.authenticated_at, s.created_at), {_COLUMNS}"  # noqa: S608  # our own columns
    " FROM sessions AS s"
    " JOIN users AS u ON u.id = s.user_id"
    " WHERE {which} AND s.ended_at IS NULL AND s.expires_at > now() AND u.is_active AND u.deleted_at IS NULL"
)
GRANTED = (
    "(SELECT string_agg(r.permissions, ' ') FROM role_members AS m"
    " JOIN roles AS r ON r.id = m.role_id WHERE m.user_id = u.id)"
)
_ONE = "s.id = %s"
_IN_ORGANIZATION = _LOOK_UP.format(is_open="public.my_organization_is_open()", granted=GRANTED, which=_ONE)
_ON_PLATFORM = _LOOK_UP.format(is_open="true", granted="NULL", which=_ONE)  # operators have no other role
_OF_PERSON = (
    _LOOK_UP.format(is_open="true", granted=GRANTED, which="s.user_id = %s")
    + " ORDER BY coalesce(s.authenticated_at, s.created_at) DESC LIMIT 1"
)


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer <access token>`."""

    def authenticate(self, request: Request) -> tuple[User, access_tokens.Claims] | None:
        encoded = bearer_credential(request)
        if encoded is None or key_format.is_meant_as_one(encoded):
            return None
        claims = access_tokens.read(encoded)
        organization = Current.find_organization()
        if (organization.id if organization else None) != claims.organization_id:
            raise access_tokens.TokenNotValid
        user = _look_up(claims)
        Current.update(actor=user.as_actor())
        return user, claims

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="workix"'


def person_of(request: Request) -> User:
    """Return who asks, where a permission was asked for: nobody unknown comes that far."""
    return cast(User, request.user)


def claims_of(request: Request) -> access_tokens.Claims:
    """Return what their access token says."""
    return cast(access_tokens.Claims, request.auth)


def organization_of_credential(request: HttpRequest) -> UUID | None:
    """Return the organization a request's credential was issued for, once its signature or checksum was verified."""
    encoded = bearer_credential(request)
    if encoded is None:
        return None
    if key_format.is_meant_as_one(encoded):
        key = request.META[KEY] = key_format.read(encoded)
        return key.organization_id if key else None
    try:
        return access_tokens.read(encoded).organization_id
    except access_tokens.TokenNotValid:
        return None


def bearer_credential(request: HttpRequest | Request) -> str | None:
    """Return what a request sends as a bearer: an access token, or an API key."""
    scheme, _, credential = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return credential.strip() if scheme.lower() == "bearer" else None


def person_of_session(session_id: UUID, *, on_platform: bool) -> User:
    """Return whose session this is, in the realm that is entered. See Note [One look-up].

    :raises SessionRevoked: when it is over, or its person may not come in any more.
    :raises OrganizationSuspended: when the organization is not open.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ON_PLATFORM if on_platform else _IN_ORGANIZATION, [session_id])
        row = cursor.fetchone()
    if row is None:
        raise SessionRevoked
    is_open, *of_person = row
    if not is_open:
        raise OrganizationSuspended
    return _person(of_person)


def find_in_newest_session(user_id: UUID) -> User | None:
    """Return a person of the organization in scope as the good session of theirs says that was proven last; None without one."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_PERSON, [user_id])
        row = cursor.fetchone()
    return _person(row[1:]) if row else None


def _person(row: Sequence[Any]) -> User:
    granted, authenticated_at, *values = row
    user: User = User.from_db("default", _FIELDS, values)
    user.granted = granted or ""
    user.authenticated_at = authenticated_at  # for Note [Step-up]
    return user


def _look_up(claims: access_tokens.Claims) -> User:
    user = person_of_session(claims.session_id, on_platform=claims.organization_id is None)
    if user.id != claims.user_id:
        raise SessionRevoked
    return user
