"""Builds the evidence pack of a compliance report that waits for it."""

from __future__ import annotations

from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import transaction

from privacy.compliance.control import ReportScope
from privacy.compliance.evidence_pack import pack
from privacy.compliance.report import report_on
from privacy.models import ComplianceReport, ReportStatus
from tenants.models import Organization
from workix.core.current import Current


def build(report_id: UUID, *, now: datetime) -> None:
    """Build it in the organization in scope; one that is gone or ready is left alone."""
    waiting = ComplianceReport.objects.filter(id=report_id, status=ReportStatus.PENDING)
    report = waiting.select_related("requested_by").first()
    if report is None:
        return
    organization = cast(Organization, Current.organization)  # a job's is the row
    scope = ReportScope(organization, report.begins_at, report.ends_at, now)
    content = pack(report_on(scope, asked_for_by=report.requested_by.email if report.requested_by else ""))
    with transaction.atomic():
        kept = waiting.select_for_update(of=("self",)).first()
        if kept is None:
            return  # taken away meanwhile, or built by another
        kept.content, kept.size, kept.status = content, len(content), ReportStatus.READY
        kept.save(update_fields=["content", "size", "status", "updated_at"])
