"""Compliance reports: asked for by an admin after a recent log-in, built by a job, taken by a link that expires."""

# Note [Who has a report]
# Whoever holds `compliance:report` sees the reports that anybody asked for, and takes each by a link of their own, as in Note
# [The link to an archive]. Taking one is an entry of the trail. A report names everybody, so it goes after a week, and at once
# when somebody is erased (privacy/erasures/rows.py).

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.models import User
from audit.recording import record
from privacy.archive_links import new_link, require_link
from privacy.compliance.tasks import build_compliance_report
from privacy.exports.exporting import KEPT, ExportNotReady
from privacy.models import ComplianceReport, ReportStatus
from workix.core.errors import Conflict, Invalid, NotFound

#: What is reported on when nobody says, and the most that can be.
USUAL_PERIOD, LONGEST_PERIOD = timedelta(days=90), timedelta(days=366)
#: Nothing was recorded before.
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
#: A job that has not come by then was lost with its queue: it stands in nobody's way.
LOST_AFTER = timedelta(hours=1)


class ReportPending(Conflict):
    code = "report_pending"
    detail = "A report that you asked for is being built. It will be ready soon."


class ReportNotReady(ExportNotReady):
    code = "report_not_ready"
    detail = "The report is being built. Ask again in a moment."


@dataclass(frozen=True, slots=True)
class ReportLink:
    """A way to a report, for a while."""

    report: ComplianceReport
    token: str = field(repr=False)


def period_of(begin: datetime | None, end: datetime | None, *, now: datetime) -> tuple[datetime, datetime]:
    """Say which time is reported on: up to now, and of ninety days, unless said.

    :raises Invalid: when it ends in the future, before it begins or before there was a trail, or is longer than a year.
    """
    end = end or now
    if end > now:
        raise Invalid("A report is on what was: use a time that is over.", field="to")
    if end < EARLIEST:
        raise Invalid(f"Of a time before {EARLIEST:%Y} there is no trail.", field="to")
    begin = begin or end - USUAL_PERIOD
    if begin >= end:
        raise Invalid("It begins before it ends.", field="from")
    if end - begin > LONGEST_PERIOD:
        raise Invalid(f"A report is on {LONGEST_PERIOD.days} days at most.", field="from")
    return begin, end


def ask_for_report(begin: datetime | None, end: datetime | None, *, by: User, now: datetime) -> ComplianceReport:
    """Have a report on a time built.

    :raises Invalid: when that is no time to report on.
    :raises ReportPending: while another one that they asked for is being built.
    """
    begin, end = period_of(begin, end, now=now)
    try:
        with transaction.atomic():
            lost = ComplianceReport.objects.filter(status=ReportStatus.PENDING, created_at__lt=now - LOST_AFTER)
            lost.delete()
            report = ComplianceReport.objects.create(
                requested_by=by, begins_at=begin, ends_at=end, expires_at=now + KEPT
            )
            build_compliance_report.enqueue(report_id=str(report.id))
    except IntegrityError as error:
        raise ReportPending from error
    return report


def reports(*, now: datetime) -> QuerySet[ComplianceReport]:
    """Find the reports that are there, without their content."""
    return ComplianceReport.objects.filter(expires_at__gt=now).defer("content")


def get_report(report_id: UUID, *, now: datetime) -> ComplianceReport:
    """Return a report.

    :raises NotFound: when there is none, or it is over.
    """
    report = reports(now=now).filter(id=report_id).first()
    if report is None:
        raise NotFound
    return report


def make_link(report_id: UUID, *, now: datetime) -> ReportLink:
    """Make a link to a report, which ends the one before.

    :raises NotFound: when there is none, or it is over.
    :raises ReportNotReady: while it is being built.
    """
    report = _ready(get_report(report_id, now=now))
    return ReportLink(report, new_link(report, now=now))


def take(report_id: UUID, token: str, *, now: datetime) -> bytes:
    """Hand a report out; that is an entry of the trail, `compliance_report.taken`.

    :raises NotFound: when there is none, or it is over.
    :raises ReportNotReady: while it is being built.
    :raises LinkOver: when this is not its link, or no more.
    """
    report = _ready(get_report(report_id, now=now))
    require_link(report, token, now=now)
    with transaction.atomic():
        record("compliance_report.taken", resource_type="compliance_report", resource_id=report.id)
    return bytes(report.content)


def _ready(report: ComplianceReport) -> ComplianceReport:
    if report.status != ReportStatus.READY:
        raise ReportNotReady
    return report
