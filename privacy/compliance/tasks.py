"""The background job that builds a compliance report."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from privacy.compliance.building import build
from tenants.jobs.tenant_task import tenant_task


@tenant_task("privacy.build_compliance_report")
def build_compliance_report(report_id: str) -> None:
    """Build the evidence pack of a report."""
    build(UUID(report_id), now=timezone.now())
