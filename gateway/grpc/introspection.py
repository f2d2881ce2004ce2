"""Introspection of a credential (RFC 7662): whose an access token or API key is, and what it may do now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

from accounts.authentication.api_key import ApiKeyAuthentication
from accounts.authentication.bearer import BearerAuthentication
from accounts.models import ApiKey
from accounts.tokens import access_tokens
from accounts.api_keys import key_format
from gateway.grpc.calls import Asked
from gateway.grpc.protos.workix.v1.introspection_pb2 import Actor, IntrospectResponse
from tenants.policies import NetworkNotAllowed, require_allowed_network
from tenants.resolution import OrganizationSuspended
from workix.core.apps import in_order
from workix.core.current import Current
from workix.core.errors import Denied, Invalid, NotAuthenticated
from workix.core.permissions import holds

PERMISSION = "credentials:introspect"
LONGEST_TOKEN = 8_192


def introspect(asked: Asked) -> IntrospectResponse:
    """Say whose a credential is.

    :raises Denied: when it is not the one that asks, and who asks has no permission.
    :raises Invalid: when it is longer than any of ours.
    """
    if not asked.message.token:
        return _told(asked.who, asked.request)
    if not holds(asked.who, PERMISSION):
        raise Denied
    if len(asked.message.token) > LONGEST_TOKEN:
        raise Invalid("No credential is that long.", field="token", problem="max_length")
    presented = HttpRequest()
    presented.META = {"HTTP_AUTHORIZATION": f"Bearer {asked.message.token}"}
    with Current.scoped(ip_address=asked.message.ip_address):
        try:
            if asked.message.ip_address:
                require_allowed_network(Current.organization)  # type: ignore[arg-type]  # use_tenant() entered one
            found: Any = BearerAuthentication().authenticate(presented) or ApiKeyAuthentication().authenticate(presented)
        except (NotAuthenticated, OrganizationSuspended, NetworkNotAllowed):
            return IntrospectResponse(active=False)
        return _told(found[0], presented)


def _told(who: Any, request: HttpRequest) -> IntrospectResponse:
    actor = who.as_actor()
    told = IntrospectResponse(
        active=True,
        actor=Actor(type=actor.type, id=str(actor.id), label=actor.label),
        organization_id=str(Current.organization.id),
        permissions=in_order(who.permissions),
    )
    ends_at = _ends_at(who, request)
    if ends_at is not None:
        told.expires_at.FromDatetime(ends_at)
    return told


def _ends_at(who: Any, request: HttpRequest) -> datetime | None:
    credential = request.META["HTTP_AUTHORIZATION"].partition(" ")[2].strip()
    if not isinstance(who, ApiKey):
        return datetime.fromtimestamp(access_tokens.read(credential).expires_at, UTC)
    read = key_format.read(credential)
    is_previous = read is not None and read.key_hash == who.previous_hash
    ends = [each for each in (who.expires_at, who.previous_expires_at if is_previous else None) if each is not None]
    return min(ends, default=None)
