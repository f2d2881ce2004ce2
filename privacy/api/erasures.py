"""POST /privacy/erasures/, its preview, GET and DELETE /privacy/erasures/{id}/: a person is erased after some days."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authentication.bearer import person_of
from privacy.api.serializers import ErasureSerializer, PreviewSerializer, SubjectSerializer
from privacy.erasures.erasure_json import erasure_as_json, preview_as_json
from privacy.erasures.scheduling import call_off, get_erasure, preview, schedule
from privacy.models import Erasure
from workix.api.idempotency import idempotent


class ErasureViewSet(viewsets.GenericViewSet[Erasure]):
    """Erasures of oneself, and of anybody for an admin."""

    required_permissions = dict.fromkeys(("create", "preview", "retrieve", "destroy"), "privacy:request")
    recent_authentication = ("create",)
    problems = {"create": (404, 409), "preview": (400, 404), "destroy": (409,)}
    tag = "Privacy"
    serializer_class = ErasureSerializer
    queryset = Erasure.objects.none()
    lookup_value_converter = "uuid"

    @extend_schema(summary="Schedule an erasure", request=SubjectSerializer, responses={202: ErasureSerializer})
    @idempotent
    def create(self, request: Request) -> Response:
        """Erases a person after seven days: they are removed, and every value of theirs goes, the audit trail included, whose
        proofs stay valid (GDPR, article 17). Everybody may ask for themselves, an admin for anybody. The last active admin is
        not erased (409 `last_admin`), and until it is done or called off there is no export of them (409 `erasure_scheduled`).
        """
        erasure = schedule(_subject(request.data), by=person_of(request), now=timezone.now())
        where = f"/api/v1/privacy/erasures/{erasure.id}/"
        return Response(erasure_as_json(erasure), 202, headers={"Location": where})

    @extend_schema(summary="See what would go", parameters=[SubjectSerializer], responses=PreviewSerializer)
    @action(detail=False, methods=["get"], pagination_class=None)
    def preview(self, request: Request) -> Response:
        """How many rows of which table an erasure would take, before anything is scheduled."""
        return Response(preview_as_json(preview(_subject(request.query_params.dict()), by=person_of(request))))

    @extend_schema(summary="Read an erasure", responses=ErasureSerializer)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """When it is due, or, once it is done, its certificate."""
        return Response(erasure_as_json(get_erasure(pk, by=person_of(request))))

    @extend_schema(summary="Call an erasure off", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        """Lets the person stay. What has begun can't be called off (409)."""
        call_off(pk, by=person_of(request))
        return Response(status=204)


def _subject(sent: Any) -> UUID | None:
    given = SubjectSerializer(data=sent)
    given.is_valid(raise_exception=True)
    person: UUID | None = given.validated_data.get("user")
    return person
