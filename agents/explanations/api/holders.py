"""GET /authz/holders/: who could do what takes a permission, now or at an earlier moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from agents.explanations.holders import Holder, holders
from agents.explanations.subjects import OTHERS
from workix.api.serializers import StrictSerializer

PARAMETERS = [
    OpenApiParameter("permission", str, required=True, description="Such as `users:write`."),
    OpenApiParameter("at", datetime, description="A moment (RFC 3339) that is over; now, without it."),
]


class HoldersAskedSerializer(StrictSerializer):
    """The query."""

    permission = serializers.CharField(max_length=100)
    at = serializers.DateTimeField(required=False)
    page = serializers.CharField(required=False, allow_blank=True)
    page_size = serializers.CharField(required=False, allow_blank=True)


class HolderSerializer(serializers.Serializer[Holder]):
    """Who could, and by what."""

    type = serializers.CharField(help_text="`person`, `api_key` or `agent`.")
    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field may be called label
    by = serializers.ListField(
        child=serializers.CharField(),
        help_text="Names of the roles that give it to a person; `scope` for a key; of an agent, also whose rights it uses.",
    )

    examples = {"type": "person", "label": "alice@acme.example", "by": ["Admin"]}


class HoldersView(GenericAPIView[Any]):
    """Who could do this?"""

    required_permissions = {"get": OTHERS}
    problems = {"get": (400, 409)}
    tag = "Access"
    serializer_class = HolderSerializer
    filter_backends = ()

    @extend_schema(
        summary="List who could do something",
        operation_id="authz_holders_list",
        parameters=PARAMETERS,
        responses=HolderSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """The people who may log in and hold a permission, with the roles that give it to them, and the keys that are good and
        have it as a scope. With `at` those of that moment, from the audit trail: 409 `trail_too_short` where retention took
        that part. What a fixed role holds is that of today's release.
        """
        given = HoldersAskedSerializer(data=request.query_params.dict())
        given.is_valid(raise_exception=True)
        asked = given.validated_data
        found = holders(asked["permission"], at=asked.get("at"), now=timezone.now())
        page = self.paginate_queryset(found)
        return self.get_paginated_response(HolderSerializer(page, many=True).data)  # type: ignore[arg-type]  # many
