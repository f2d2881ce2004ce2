"""Compliance report by an operator: written at once, with a reason that stands in the organization's trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from audit.recording import record
from privacy.compliance.control import ReportScope
from privacy.compliance.evidence_pack import pack
from privacy.compliance.report import report_on
from privacy.compliance.reporting import period_of
from tenants.lifecycle import get_organization
from tenants.scope import use_tenant
from workix.core.current import Current, check_reason


def report_for_operator(
    slug: str, *, begin: datetime | None, end: datetime | None, reason: str, now: datetime
) -> tuple[dict[str, Any], bytes]:
    """Return the report on an organization, and its signed evidence pack. It is an entry of the trail, `compliance_report.taken`.

    :raises NoReason: when nobody says why.
    :raises NoSuchOrganization: when there is none.
    :raises Invalid: when that is no time to report on.
    """
    reason, organization = check_reason(reason), get_organization(slug)
    begin, end = period_of(begin, end, now=now)
    with use_tenant(organization), Current.scoped(reason=reason):
        with transaction.atomic():
            record("compliance_report.taken", resource_type="compliance_report")
        report = report_on(ReportScope(organization, begin, end, now), asked_for_by=Current.actor.label)
        return report, pack(report)
