"""GET and PATCH /organization/: the caller's own organization."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tenants.current_organization import OwnOrganization, own_organization, rename
from workix.api.serializers import SingleLineField, StrictSerializer


class LimitsSerializer(serializers.Serializer[Any]):
    """What the plan grants: people, pipelines, and executions in a month."""

    users = serializers.IntegerField(source="max_users")
    pipelines = serializers.IntegerField(source="max_pipelines")
    executions = serializers.IntegerField(source="max_executions_per_month")


class OwnOrganizationSerializer(serializers.Serializer[OwnOrganization]):
    """The organization one works in. Plan and limits are the operator's to change."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    slug = serializers.CharField()
    plan = serializers.CharField()
    status = serializers.CharField()
    limits = LimitsSerializer(source="*")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    removal_due_at = serializers.DateTimeField(allow_null=True, help_text="Null: it stays.")
    sandbox_expires_at = serializers.DateTimeField(allow_null=True, help_text="Null: it is no sandbox.")


class OrganizationChangeSerializer(StrictSerializer):
    """What an admin may change of the organization."""

    name = SingleLineField(max_length=255, required=False)


class OrganizationView(APIView):
    """One's own organization."""

    required_permissions = {"get": "organization:read", "patch": "organization:write"}
    tag = "Organizations"

    @extend_schema(
        summary="Read your organization", operation_id="organization_retrieve", responses=OwnOrganizationSerializer
    )
    def get(self, request: Request) -> Response:
        """Its name, plan, status and limits."""
        return Response(OwnOrganizationSerializer(own_organization()).data)

    @extend_schema(
        summary="Rename your organization",
        operation_id="organization_update",
        request=OrganizationChangeSerializer,
        responses=OwnOrganizationSerializer,
    )
    def patch(self, request: Request) -> Response:
        """Changes the name. Plan and limits are the operator's to change."""
        given = OrganizationChangeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        name = given.validated_data.get("name")
        return Response(OwnOrganizationSerializer(own_organization() if name is None else rename(name)).data)
