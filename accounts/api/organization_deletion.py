"""POST and DELETE /organization/deletion/: schedules an organization's deletion, or calls it off."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.fields import Password
from accounts.authentication.bearer import person_of
from accounts.organization_deletion import ask_for_removal
from tenants.current_organization import cancel_removal
from workix.api.serializers import StrictSerializer


class RemovalRequestSerializer(StrictSerializer):
    """Whoever asks for this proves that it is them."""

    password = Password(
        required=False,
        default="",
        help_text="Your own, once more. Required, unless you have none that counts here and are signed on by a provider.",
    )


class RemovalSerializer(serializers.Serializer[Any]):
    """When the organization will be removed."""

    removal_due_at = serializers.DateTimeField()


class RemovalView(APIView):
    """The removal of one's organization."""

    required_permissions = {"post": "organization:write", "delete": "organization:write"}
    recent_authentication = ("post",)
    problems = {"post": (429,)}
    tag = "Organizations"

    @extend_schema(
        summary="Schedule the removal of your organization",
        operation_id="organization_deletion_create",
        request=RemovalRequestSerializer,
        responses={202: RemovalSerializer},
    )
    def post(self, request: Request) -> Response:
        """Removes the organization with all its data after 30 days. It works as before until then."""
        given = RemovalRequestSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        due = ask_for_removal(person_of(request), password=given.validated_data["password"], now=timezone.now())
        return Response({"removal_due_at": due}, 202)

    @extend_schema(
        summary="Call the removal off",
        operation_id="organization_deletion_destroy",
        request=None,
        responses={204: None},
    )
    def delete(self, request: Request) -> Response:
        """Lets the organization stay. 404 when nothing was scheduled."""
        cancel_removal()
        return Response(status=204)
