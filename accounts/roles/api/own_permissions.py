"""GET /authz/permissions/: what whoever asks may do, person or key."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from workix.core.apps import in_order
from workix.core.permissions import KNOWN


class OwnPermissionsSerializer(serializers.Serializer[Any]):
    """What somebody may do."""

    permissions = serializers.ListField(child=serializers.CharField())

    examples = {"permissions": ["quotas:read", "users:read"]}


class OwnPermissionsView(APIView):
    """Read by programs that offer what can be done, as the MCP server does."""

    required_permissions = {"get": KNOWN}
    tag = "Roles"

    @extend_schema(summary="Read what you may do", operation_id="authz_permissions", responses=OwnPermissionsSerializer)
    def get(self, request: Request) -> Response:
        """The permissions of whoever asks, at this moment: of people by their roles, of a key by its scopes."""
        held: frozenset[str] = getattr(request.user, "permissions", frozenset())
        return Response({"permissions": in_order(held)})
