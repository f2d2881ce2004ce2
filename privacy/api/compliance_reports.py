"""POST and GET /compliance-reports/, its link and its archive: an evidence pack for GDPR, SOC 2 and ASVS, signed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.authentication.bearer import person_of
from privacy.api.compliance_serializers import (
    ComplianceLinkSerializer,
    ComplianceReportSerializer,
    PeriodSerializer,
    link_as_json,
    report_as_json,
)
from privacy.api.exports import ARCHIVE, ZipRenderer
from privacy.api.serializers import ArchiveSerializer
from privacy.compliance.reporting import ask_for_report, get_report, make_link, reports, take
from privacy.exports.archive_response import as_attachment
from privacy.models import ComplianceReport
from workix.api.idempotency import idempotent, idempotent_without
from workix.api.pagination import NewestFirst
from workix.api.renderers import JSONRenderer
from workix.api.serializers import sent


@extend_schema_view(
    list=extend_schema(
        summary="List compliance reports", description="Those that are there, for a week each, newest first."
    )
)
class ComplianceReportViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[ComplianceReport]):
    """Compliance reports of the organization. No key reaches them."""

    required_permissions = dict.fromkeys(("list", "create", "retrieve", "link", "archive"), "compliance:report")
    recent_authentication = ("create", "link", "archive")
    problems = {"list": (400,), "create": (409,), "link": (409,), "archive": (409,)}
    tag = "Privacy"
    serializer_class = ComplianceReportSerializer
    pagination_class = NewestFirst
    queryset = ComplianceReport.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        return reports(now=timezone.now())

    @extend_schema(summary="Ask for a report", request=PeriodSerializer, responses={202: ComplianceReportSerializer})
    @idempotent
    def create(self, request: Request) -> Response:
        """Has a report built on a time that is over, a year at most: the ninety days up to now, unless said. Each control is
        `met`, `not met` or `not checked`, with evidence, and with what it is for: articles of the GDPR, criteria of SOC 2,
        sections of OWASP ASVS 5. While one that you asked for is being built, 409 `report_pending`.
        """
        given = sent(PeriodSerializer, request)
        report = ask_for_report(given.get("from"), given.get("to"), by=person_of(request), now=timezone.now())
        where = f"/api/v1/compliance-reports/{report.id}/"
        return Response(report_as_json(report), 202, headers={"Location": where})

    @extend_schema(summary="Read whether a report is ready", responses=ComplianceReportSerializer)
    def retrieve(self, request: Request, pk: UUID) -> Response:
        """Whether it is ready, and until when it is there: for a week."""
        return Response(report_as_json(get_report(pk, now=timezone.now())))

    @extend_schema(summary="Make a link to a report", request=None, responses={201: ComplianceLinkSerializer})
    @action(detail=True, methods=["post"])
    @idempotent_without("token")
    def link(self, request: Request, pk: UUID) -> Response:
        """The link is good for an hour, and ends the one before. While the report is being built, 409 `report_not_ready`."""
        return Response(link_as_json(make_link(pk, now=timezone.now())), 201)

    @extend_schema(summary="Take a report", request=ArchiveSerializer, responses={(200, "application/zip"): ARCHIVE})
    @action(detail=True, methods=["post"], renderer_classes=[ZipRenderer, JSONRenderer])
    def archive(self, request: Request, pk: UUID) -> StreamingHttpResponse:
        """A ZIP of `report.html`, to read and print, `report.json` (RFC 8785) and `report.sig`, an Ed25519 signature over both
        (C2SP), for the token of the link; 404 when the link is over. It is an entry of the trail, `compliance_report.taken`.
        """
        token = sent(ArchiveSerializer, request)["token"]
        return as_attachment(iter((take(pk, token, now=timezone.now()),)), pk, called="compliance-report")
