"""POST /sandboxes/ opens a sandbox organization, and DELETE /sandboxes/{id}/ ends one's own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agents.sandboxes.answer import told
from agents.sandboxes.opening import LONGEST, SHORTEST, USUAL, open_for_visitor
from tenants.sandboxes.ending import end_sandbox
from workix.api.openapi.examples import EXAMPLES
from workix.api.serializers import StrictSerializer, sent
from workix.core.current import Current
from workix.core.errors import NotFound
from workix.core.permissions import OPEN, Role

SLUG = "sandbox-5f0c8d1e9a42"


class NewSandboxSerializer(StrictSerializer):
    """For how long."""

    ttl = serializers.IntegerField(
        min_value=int(SHORTEST.total_seconds()),
        max_value=int(LONGEST.total_seconds()),
        default=int(USUAL.total_seconds()),
        help_text="Seconds until it ends: a minute to a day, and an hour where you don't say.",
    )

    examples = {"ttl": 3600}


class SandboxOrganizationSerializer(serializers.Serializer[Any]):
    """The organization."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()

    examples = {"slug": SLUG, "name": "Sandbox 5f0c8d1e9a42"}


class SandboxPersonSerializer(serializers.Serializer[Any]):
    """Somebody in it, with a session. All of them have one password."""

    role = serializers.ChoiceField(choices=[role.value for role in Role])
    email = serializers.EmailField()
    password = serializers.CharField()
    access_token = serializers.CharField()
    refresh_token = serializers.CharField()

    examples = {
        "email": f"admin@{SLUG}.invalid",
        "access_token": EXAMPLES["access"],
        "refresh_token": EXAMPLES["refresh"],
    }


class SandboxSerializer(serializers.Serializer[Any]):
    """A sandbox, with secrets that are shown this once."""

    organization = SandboxOrganizationSerializer()
    base_url = serializers.URLField(
        help_text="Where its API is: below /api/v1/. Tokens and keys say which organization."
    )
    dashboard_url = serializers.URLField(help_text="Where its people log in with their browser.")
    expires_at = serializers.DateTimeField()
    people = SandboxPersonSerializer(many=True)
    api_key = serializers.CharField(help_text="Holds every scope that a key may.")
    agent_key = serializers.CharField(
        help_text="Of a supervised agent of the admin, with every scope that an agent may hold."
    )

    examples = {
        "base_url": "https://api.example.com",
        "dashboard_url": f"https://{SLUG}.example.com/admin/",
        "expires_at": "2026-01-31T13:00:00Z",
        "api_key": "wxk_02vbDRtzZ5Y3xGq8p4WmKeA7bCq0ZsT6uV9wX1yR2aB3cD4eF5gH6iJ7kL8mN9oP0",
        "agent_key": "wxa_02vbDRtzZ5Y3xGq8p4WmKeA7bCq0ZsT6uV9wX1yR2aB3cD4eF5gH6iJ7kL8mN9oP0",
    }


class SandboxesView(APIView):
    """Opening a sandbox."""

    required_permissions = {"post": OPEN}
    tag = "Sandboxes"
    problems = {"post": (401, 403, 429)}

    @extend_schema(
        summary="Open a sandbox",
        operation_id="sandboxes_create",
        request=NewSandboxSerializer,
        responses={201: SandboxSerializer},
    )
    def post(self, request: Request) -> Response:
        """Opens an organization for developers, with people of each role, tokens, a key and sample data. It ends by itself.

        403 `sandboxes_closed` where the operator lets nobody open any, 429 `sandboxes_full` when there are as many as may be.
        """
        lasting = timedelta(seconds=sent(NewSandboxSerializer, request)["ttl"])
        sandbox, left = open_for_visitor(lasting=lasting, now=timezone.now())
        headers = {"Location": f"/api/v1/sandboxes/{sandbox.organization.id}/", **left.headers()}
        return Response(SandboxSerializer(told(sandbox)).data, 201, headers=headers)


class SandboxView(APIView):
    """One's own sandbox."""

    required_permissions = {"delete": "organization:write"}
    tag = "Sandboxes"

    @extend_schema(summary="End your sandbox", operation_id="sandboxes_destroy", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Ends the sandbox you work in: nobody gets in from the next call on, and within a minute it is removed."""
        if pk != Current.organization.id:
            raise NotFound
        end_sandbox(pk, now=timezone.now())
        return Response(status=204)
