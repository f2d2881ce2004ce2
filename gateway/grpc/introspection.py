"""Introspection of a credential (RFC 7662): whose an access token or API key is, and what it may do now."""

from __future__ import annotations

from datetime import UTC, datetime

from django.http import HttpRequest

from accounts.api_keys import key_format
from accounts.authentication.bearer import bearer_credential
from accounts.models import User
from accounts.tokens import access_tokens
from agents.authentication import Found, found_of
from gateway.grpc.calls import Asked, Who, holder_of, require_permission
from gateway.grpc.protos.workix.v1.introspection_pb2 import Actor, IntrospectResponse
from gateway.grpc.requests import CallRequest
from tenants.policies import NetworkNotAllowed, require_allowed_network
from tenants.resolution import OrganizationSuspended
from workix.core.apps import in_order
from workix.core.current import Current
from workix.core.errors import Invalid, NotAuthenticated

PERMISSION = "credentials:introspect"
LONGEST_TOKEN = 8_192


def introspect(asked: Asked) -> IntrospectResponse:
    """Say whose a credential is.

    :raises Denied: when it is not the one that asks, and who asks has no permission.
    :raises Invalid: when it is longer than any of ours.
    """
    if not asked.message.token:
        return _told(asked.who, asked.request)
    require_permission(asked.who, PERMISSION, asked.request)
    if len(asked.message.token) > LONGEST_TOKEN:
        raise Invalid("No credential is that long.", field="token", problem="max_length")
    presented = CallRequest(asked.request.path, {"HTTP_AUTHORIZATION": f"Bearer {asked.message.token}"})
    with Current.scoped(ip_address=asked.message.ip_address):
        try:
            if asked.message.ip_address:
                require_allowed_network(Current.organization)  # type: ignore[arg-type]  # use_tenant() entered one
            who = holder_of(presented)
        except (NotAuthenticated, OrganizationSuspended, NetworkNotAllowed):
            return IntrospectResponse(active=False)
        return _told(who, presented)


def _told(who: Who, request: HttpRequest) -> IntrospectResponse:
    actor = Current.actor
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


def _ends_at(who: Who, request: HttpRequest) -> datetime | None:
    """Return when a credential ends by itself: a token at the time it says, a key at its own, or when its successor is all."""
    agent, credential = found_of(request), bearer_credential(request) or ""
    holder = agent.agent if isinstance(agent, Found) else who
    if isinstance(holder, User):
        return datetime.fromtimestamp(access_tokens.read(credential).expires_at, UTC)
    read = key_format.read(credential)
    is_previous = read is not None and read.key_hash == holder.previous_hash
    ends = (holder.expires_at, holder.previous_expires_at if is_previous else None)
    return min((each for each in ends if each is not None), default=None)
