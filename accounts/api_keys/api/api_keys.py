"""GET and POST /api-keys/, GET, PATCH and DELETE /api-keys/{id}/, its rotation and confirmation; POST /api-keys/report-leak/."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api_keys.api.serializers import (
    ApiKeyChangeSerializer,
    ApiKeySerializer,
    IssuedKeySerializer,
    LeakReportSerializer,
    ListedKeySerializer,
    NewApiKeySerializer,
    RotationSerializer,
    issued_as_json,
    key_as_json,
)
from accounts.api_keys.keys import change, confirm, get_key, issue, keys, keys_as_of, revoke, rotate
from accounts.api_keys.leaks import report_leak
from accounts.models import ApiKey, User
from audit.api.access import RecordsAccess
from audit.api.as_of import AS_OF, DESCRIPTION, ListAsOf
from workix.api.idempotency import idempotent_without
from workix.api.serializers import sent
from workix.core.permissions import OPEN


@extend_schema_view(
    list=extend_schema(
        summary="List API keys",
        description="The keys of the organization that nobody revoked, newest first."
        + DESCRIPTION
        + " When they were used last it"
        " does not know; who created and confirmed them is called as they are called today.",
        parameters=[AS_OF],
    )
)
class ApiKeyViewSet(RecordsAccess, ListAsOf, mixins.ListModelMixin, viewsets.GenericViewSet[ApiKey]):
    """The API keys of the organization. No key reaches them."""

    required_permissions = {
        "list": "api_keys:read",
        "retrieve": "api_keys:read",
        "create": "api_keys:write",
        "partial_update": "api_keys:write",
        "destroy": "api_keys:write",
        "rotation": "api_keys:write",
        "confirmation": "api_keys:write",
    }
    recent_authentication = ("create", "partial_update", "rotation", "confirmation")
    problems = {"list": (400, 409), "rotation": (409,)}
    accessed = "api_key"
    tag = "API keys"
    serializer_class = ListedKeySerializer
    queryset = ApiKey.objects.none()
    lookup_value_converter = "uuid"
    search_fields = ("name", "prefix")

    def get_queryset(self) -> Any:
        return keys()

    def list_as_of(self, moment: datetime, *, now: datetime) -> list[ApiKey]:
        return keys_as_of(moment, now=now)

    @extend_schema(summary="Read an API key", responses=ApiKeySerializer)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """What a key may do, from where, until when, and who answers for it."""
        return Response(key_as_json(get_key(pk)))

    @extend_schema(summary="Issue an API key", request=NewApiKeySerializer, responses={201: IssuedKeySerializer})
    @idempotent_without("key")
    def create(self, request: Request) -> Response:
        """The `key` is in this response and nowhere else. You answer for what it may do (`confirmed_by`)."""
        issued = issue(by=_admin(request), now=timezone.now(), **sent(NewApiKeySerializer, request))
        return Response(issued_as_json(issued), 201, headers={"Location": f"/api/v1/api-keys/{issued.row.id}/"})

    @extend_schema(summary="Change an API key", request=ApiKeyChangeSerializer, responses=ApiKeySerializer)
    def partial_update(self, request: Request, pk: UUID) -> Response:
        """Changes its name, scopes, networks or end. A key that may do what you may not is not yours to change."""
        said = sent(ApiKeyChangeSerializer, request)
        return Response(key_as_json(change(pk, by=_admin(request), now=timezone.now(), **said)))

    @extend_schema(summary="Revoke an API key", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        """Ends it from the very next request on. Its row stays for the trail, for a year."""
        revoke(pk, now=timezone.now())
        return Response(status=204)

    @extend_schema(summary="Rotate an API key", request=RotationSerializer, responses={201: IssuedKeySerializer})
    @action(detail=True, methods=["post"])
    @idempotent_without("key")
    def rotation(self, request: Request, pk: UUID) -> Response:
        """Issues a new `key` for the same service. The old one is good for `overlap_hours` more, a week at most; with 0 it
        ends at once. While the one before is still good, only the latter is allowed (409 `rotation_under_way`).
        """
        overlap = timedelta(hours=sent(RotationSerializer, request)["overlap_hours"])
        return Response(issued_as_json(rotate(pk, by=_admin(request), now=timezone.now(), overlap=overlap)), 201)

    @extend_schema(summary="Confirm an API key", request=None, responses=ApiKeySerializer)
    @action(detail=True, methods=["post"])
    def confirmation(self, request: Request, pk: UUID) -> Response:
        """You answer for what the key may do, in place of whoever did before."""
        return Response(key_as_json(confirm(pk, by=_admin(request), now=timezone.now())))


class LeakReportView(APIView):
    """Telling us of a key that lies open."""

    required_permissions = {"post": OPEN}
    tag = "API keys"
    problems = {"post": (429,)}
    authentication_classes = ()

    @extend_schema(
        summary="Report a leaked API key",
        operation_id="api_keys_report_leak",
        request=LeakReportSerializer,
        responses={202: None},
    )
    def post(self, request: Request) -> Response:
        """Revokes the key at once and tells the organization's admins. The response is the same for any text. Scanners for
        secrets find keys by `wx[ak]_[0-9A-Za-z]{65}`.
        """
        left = report_leak(sent(LeakReportSerializer, request)["key"], now=timezone.now())
        return Response(status=202, headers=left.headers())


def _admin(request: Request) -> User:
    """Return who asks: no key holds what this takes, so it is a person."""
    return cast(User, request.user)
