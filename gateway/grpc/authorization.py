"""Explanation of a permission: whether whoever asks holds it, and by what."""

from __future__ import annotations

from accounts.models import ApiKey
from gateway.grpc.calls import Asked
from gateway.grpc.protos.workix.v1.authorization_pb2 import ExplainResponse
from workix.core.apps import permissions
from workix.core.current import Current
from workix.core.errors import Invalid
from workix.core.permissions import holds


def explain(asked: Asked) -> ExplainResponse:
    """Say whether, and why.

    :raises Invalid: when nobody declares the permission.
    """
    permission = asked.message.permission
    if permission not in permissions():
        raise Invalid("There is no such permission.", field="permission", problem="unknown_permission")
    allowed = holds(asked.who, permission)
    if isinstance(asked.who, ApiKey):
        why = f"The key {'has' if allowed else 'lacks'} the scope {permission}."
        return ExplainResponse(allowed=allowed, decided_by="scopes", why=why)
    grants = "grants" if allowed else "does not grant"
    if Current.actor.type == "agent":
        why = f"The role of its owner, as far as the scopes of the agent go, {grants} {permission}."
        return ExplainResponse(allowed=allowed, decided_by="agent", why=why)
    why = f"The role {asked.who.role}, with the organization's own roles, {grants} {permission}."
    return ExplainResponse(allowed=allowed, decided_by="role", why=why)
