"""GET and POST /webhooks/, GET, PATCH and DELETE /webhooks/{id}/, its rotate-secret/, test/, replay/ and deliveries/."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from audit.api.as_of import AS_OF, DESCRIPTION, ListAsOf
from webhooks.api.serializers import (
    AttemptSerializer,
    IssuedWebhookSerializer,
    ListedWebhookSerializer,
    NewWebhookSerializer,
    ReplaySerializer,
    SecretRotationSerializer,
    WebhookChangeSerializer,
    WebhookSerializer,
    endpoint_as_json,
    issued_as_json,
)
from webhooks.endpoints import add, change, endpoints, get_endpoint, remove, replay, rotate
from webhooks.models import WebhookEndpoint
from webhooks.testing import send_test
from workix.api.idempotency import idempotent, idempotent_without
from workix.api.serializers import sent


@extend_schema_view(
    list=extend_schema(
        summary="List webhooks",
        description="Where the audit trail of the organization is sent to, in the order they came."
        + DESCRIPTION
        + " How far they"
        " got, and what failed, it does not know.",
        parameters=[AS_OF],
    )
)
class WebhookViewSet(ListAsOf, mixins.ListModelMixin, viewsets.GenericViewSet[WebhookEndpoint]):
    """The webhooks of the organization. No key reaches them."""

    required_permissions = {
        "list": "webhooks:read",
        "retrieve": "webhooks:read",
        "deliveries": "webhooks:read",
        "create": "webhooks:write",
        "partial_update": "webhooks:write",
        "destroy": "webhooks:write",
        "rotate_secret": "webhooks:write",
        "test": "webhooks:write",
        "replay": "webhooks:write",
    }
    recent_authentication = ("create", "partial_update", "rotate_secret")
    problems = {"list": (400, 409), "rotate_secret": (409,), "test": (429,)}
    tag = "Webhooks"
    serializer_class = ListedWebhookSerializer
    queryset = WebhookEndpoint.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        return endpoints()

    @extend_schema(summary="Read a webhook", responses=WebhookSerializer)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Where it is, how far it got, and what failed last."""
        return Response(endpoint_as_json(get_endpoint(pk)))

    @extend_schema(summary="Add a webhook", request=NewWebhookSerializer, responses={201: IssuedWebhookSerializer})
    @idempotent_without("secret")
    def create(self, request: Request) -> Response:
        """The `secret` is in this response and nowhere else; verify each delivery with it (Standard Webhooks). You need the
        permission to read the trail, too.
        """
        issued = add(by=_admin(request), **sent(NewWebhookSerializer, request))
        return Response(issued_as_json(issued), 201, headers={"Location": f"/api/v1/webhooks/{issued.row.id}/"})

    @extend_schema(summary="Change a webhook", request=WebhookChangeSerializer, responses=WebhookSerializer)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Changes what is named. One that is disabled or paused goes on from its position once you enable it."""
        return Response(endpoint_as_json(change(pk, by=_admin(request), **sent(WebhookChangeSerializer, request))))

    @extend_schema(summary="Remove a webhook", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        """Removes it. What it was not sent yet, it never is."""
        remove(pk)
        return Response(status=204)

    @extend_schema(
        summary="Rotate a webhook's secret", request=SecretRotationSerializer, responses={201: IssuedWebhookSerializer}
    )
    @action(detail=True, methods=["post"], url_path="rotate-secret")
    @idempotent_without("secret")
    def rotate_secret(self, request: Request, pk: UUID) -> Response:
        """Issues a new `secret`. For `overlap_hours` each delivery is signed with the old one, too; with 0 that one ends at once.
        While the one before still signs, only the latter is allowed (409 `rotation_under_way`).
        """
        overlap = timedelta(hours=sent(SecretRotationSerializer, request)["overlap_hours"])
        return Response(issued_as_json(rotate(pk, by=_admin(request), now=timezone.now(), overlap=overlap)), 201)

    @extend_schema(summary="Test a webhook", request=None, responses=AttemptSerializer)
    @action(detail=True, methods=["post"])
    def test(self, request: Request, pk: UUID) -> Response:
        """Sends a `webhook.test` at once, and says what came back. Ten a minute. It moves nothing."""
        attempt, left = send_test(pk, now=timezone.now())
        return Response(attempt.as_json(), headers=left.headers())

    @extend_schema(summary="Replay a webhook", request=ReplaySerializer, responses=WebhookSerializer)
    @action(detail=True, methods=["post"])
    @idempotent
    def replay(self, request: Request, pk: UUID) -> Response:
        """Sends every entry from a position on once more, with the ids they had; or skips what is before it."""
        return Response(endpoint_as_json(replay(pk, index=sent(ReplaySerializer, request)["from"])))

    @extend_schema(summary="List deliveries", responses=AttemptSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def deliveries(self, request: Request, pk: UUID) -> Response:
        """The last 20 attempts, the newest first."""
        return Response(get_endpoint(pk).recent_attempts)


def _admin(request: Request) -> User:
    """Return who asks: no key holds what this takes, so it is a person."""
    return cast(User, request.user)
