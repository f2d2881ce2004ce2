"""Serializers of compliance reports."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from privacy.compliance.reporting import ReportLink
from privacy.models import ComplianceReport, ReportStatus
from workix.api.serializers import StrictSerializer


class PeriodSerializer(StrictSerializer):
    """Which time is reported on."""

    examples = {"from": "2026-07-01T00:00:00Z", "to": "2026-10-01T00:00:00Z"}

    def get_fields(self) -> dict[str, Any]:
        """Add `from`, which is a word of Python, and `to` behind it."""
        begin = serializers.DateTimeField(required=False, help_text="Ninety days before the end, unless said.")
        end = serializers.DateTimeField(required=False, help_text="Up to, and without, this moment. Now, unless said.")
        return {**super().get_fields(), "from": begin, "to": end}


class ComplianceReportSerializer(serializers.Serializer[ComplianceReport]):
    """A compliance report. It can be taken until `expires_at`, when it is `ready`."""

    examples = {"from": "2026-07-01T00:00:00Z", "to": "2026-10-01T00:00:00Z", "size": 24_000}
    id = serializers.UUIDField()
    requested_by = serializers.UUIDField(
        source="requested_by_id", allow_null=True, help_text="Who asked; null once they were erased."
    )
    status = serializers.ChoiceField(ReportStatus.choices)
    size = serializers.IntegerField(help_text="Bytes of the archive.")
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()

    def get_fields(self) -> dict[str, Any]:
        """Add the period, by the names it is asked for by."""
        begin, end = (serializers.DateTimeField(source=name) for name in ("begins_at", "ends_at"))
        return {**super().get_fields(), "from": begin, "to": end}


@extend_schema_serializer(many=False)
class ComplianceLinkSerializer(serializers.Serializer[ReportLink]):
    """A link to a report: its `token` is in this response and nowhere else."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField()


def report_as_json(report: ComplianceReport) -> dict[str, Any]:
    return dict(ComplianceReportSerializer(report).data)


def link_as_json(link: ReportLink) -> dict[str, Any]:
    return {"token": link.token, "expires_at": link.report.link_expires_at}
