"""POST /privacy/exports/, GET /privacy/exports/{id}/, its link and its archive: a person's data, handed to them."""

from __future__ import annotations

from uuid import UUID

from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authentication.bearer import person_of
from privacy.api.serializers import (
    ArchiveSerializer,
    PrivacyExportSerializer,
    PrivacyLinkSerializer,
    SubjectSerializer,
    export_as_json,
    link_as_json,
)
from privacy.exports.archive_response import as_attachment
from privacy.exports.exporting import ask_for, get_export, make_link, take
from privacy.models import PrivacyExport
from workix.api.idempotency import idempotent, idempotent_without
from workix.api.renderers import JSONRenderer
from workix.api.serializers import sent

#: The file, for the document: bytes, which begin as every ZIP archive does.
ARCHIVE = {"type": "string", "format": "binary", "examples": ["PK\u0003\u0004"]}


class ZipRenderer(JSONRenderer):
    """An archive writes itself; what is rendered here is a refusal."""

    media_type = "application/zip"
    format = "zip"


class PrivacyExportViewSet(viewsets.GenericViewSet[PrivacyExport]):
    """Exports of one's own data, and of anybody's for an admin."""

    required_permissions = dict.fromkeys(("create", "retrieve", "link", "archive"), "privacy:request")
    recent_authentication = ("create", "link", "archive")
    throttle_scopes = {"create": "exports", "archive": "exports"}
    problems = {"create": (404, 409), "link": (409,), "archive": (409,)}
    tag = "Privacy"
    serializer_class = PrivacyExportSerializer
    queryset = PrivacyExport.objects.none()
    lookup_value_converter = "uuid"

    @extend_schema(summary="Ask for an export", request=SubjectSerializer, responses={202: PrivacyExportSerializer})
    @idempotent
    def create(self, request: Request) -> Response:
        """Has everything that is held about a person written into a ZIP archive: JSON, CSV and a page to read (GDPR, articles
        15 and 20). Everybody may ask for their own data, an admin for anybody's, those who were removed included.
        """
        given = sent(SubjectSerializer, request)
        export = ask_for(given.get("user"), by=person_of(request), now=timezone.now())
        where = f"/api/v1/privacy/exports/{export.id}/"
        return Response(export_as_json(export), 202, headers={"Location": where})

    @extend_schema(summary="Read an export", responses=PrivacyExportSerializer)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Whether the archive is ready, and until when it is there: for a week."""
        return Response(export_as_json(get_export(pk, by=person_of(request), now=timezone.now())))

    @extend_schema(summary="Make a link to an archive", request=None, responses={201: PrivacyLinkSerializer})
    @action(detail=True, methods=["post"])
    @idempotent_without("token")
    def link(self, request: Request, pk: UUID) -> Response:
        """The link is good for an hour, and ends the one before. While the archive is being built, 409 `export_not_ready`."""
        return Response(link_as_json(make_link(pk, by=person_of(request), now=timezone.now())), 201)

    @extend_schema(
        summary="Take an archive",
        request=ArchiveSerializer,
        responses={(200, "application/zip"): ARCHIVE},
    )
    @action(detail=True, methods=["post"], renderer_classes=[ZipRenderer, JSONRenderer])
    def archive(self, request: Request, pk: UUID) -> StreamingHttpResponse:
        """The archive, for the token of its link; 404 when the link is over. It is an entry of the trail, `user.exported`."""
        token = sent(ArchiveSerializer, request)["token"]
        parts = take(pk, token, by=person_of(request), now=timezone.now())
        return as_attachment(parts, pk)
