"""POST /organizations/: sign-up, anyone opens an organization."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.fields import NewPassword, Slug
from accounts.signup import sign_up
from tenants.api.organization import LimitsSerializer
from tenants.models import Organization
from workix.api.idempotency import idempotent_by_itself
from workix.api.serializers import SingleLineField, StrictSerializer
from workix.core.permissions import OPEN


class AdminSerializer(StrictSerializer):
    """The first admin."""

    email = serializers.EmailField(max_length=255)
    password = NewPassword(write_only=True)
    first_name = SingleLineField(max_length=100, required=False, allow_blank=True)
    last_name = SingleLineField(max_length=100, required=False, allow_blank=True)


class NewOrganizationSerializer(StrictSerializer):
    """An organization to open, and who will run it."""

    name = SingleLineField(max_length=255)
    slug = Slug(help_text="3 to 63 lower-case letters, digits and inner hyphens.")
    admin = AdminSerializer()


class OrganizationSerializer(serializers.ModelSerializer[Organization]):
    """An organization."""

    limits = LimitsSerializer(source="*")

    class Meta:
        model = Organization
        fields = ("id", "name", "slug", "plan", "status", "limits", "created_at")
        read_only_fields = fields


class OrganizationsView(APIView):
    """Opening an organization."""

    required_permissions = {"post": OPEN}
    tag = "Organizations"
    problems = {"post": (401, 409, 429)}

    @extend_schema(
        summary="Open an organization",
        operation_id="organizations_create",
        request=NewOrganizationSerializer,
        responses={201: OrganizationSerializer},
    )
    @idempotent_by_itself
    def post(self, request: Request) -> Response:
        """Opens an organization with its own schema and role, default quotas and first admin, who gets a link by e-mail."""
        given = NewOrganizationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        admin = given.validated_data.pop("admin")
        opened = sign_up(**given.validated_data, **admin, now=timezone.now())
        headers = {"Location": "/api/v1/organization/", **opened.left.headers()}
        return Response(OrganizationSerializer(opened.organization).data, 201, headers=headers)
