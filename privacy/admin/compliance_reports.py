"""Compliance reports in the dashboard (Django admin): asked for with a button, and taken when they are ready."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.admin.own_pages import chosen, page, recent_person_of
from accounts.models import User
from privacy.admin.forms import PeriodForm
from privacy.compliance.reporting import ask_for_report, make_link, reports, take
from privacy.exports.archive_response import as_attachment
from privacy.models import ComplianceReport
from workix.admin.model_admin import ModelAdmin, may
from workix.admin.sites import dashboard
from workix.core.errors import ProblemError

REPORT = "compliance:report"
REPORTS = "/admin/privacy/compliancereport/"


@admin.register(ComplianceReport, site=dashboard)
class ComplianceReportAdmin(ModelAdmin):
    """Reports for auditors, for a week each."""

    names = ("compliance report", "compliance reports")
    position = 81
    empty = "There is no report. Ask for one with the button above; it is ready within minutes, and goes after a week."
    labels = {"begins_at": "From", "ends_at": "To", "requested_by": "Asked for by", "expires_at": "Goes"}
    required_permissions = {"view": REPORT, "add": REPORT}
    recent_authentication = ("add",)
    form = PeriodForm
    list_display = ("__str__", "status", "size", "requested_by", "created_at", "expires_at")
    list_select_related = ("requested_by",)
    fields = ("begin", "end")
    readonly_fields = ("begins_at", "ends_at", "status", "size", "requested_by", "created_at", "expires_at", "archive")

    @admin.display(description="Report")
    def archive(self, report: ComplianceReport) -> str:
        return render_to_string("admin/privacy/report_link.html", {"report": report})

    def get_queryset(self, request: HttpRequest) -> QuerySet[ComplianceReport]:
        return reports(now=timezone.now())

    def get_fieldsets(self, request: HttpRequest, obj: ComplianceReport | None = None) -> Any:
        if obj is not None:
            return [(None, {"fields": self.readonly_fields})]
        told = "People and roles, keys, log-ins, refusals, erasures and retention, the isolation as it is today, and the trail."
        return [(None, {"fields": self.fields, "description": told})]

    def save_model(self, request: HttpRequest, obj: ComplianceReport, form: Any, change: bool) -> None:
        who, given = cast(User, request.user), form.cleaned_data
        report = ask_for_report(given["begin"], given["end"], by=who, now=timezone.now())
        obj.id, obj.begins_at, obj.ends_at = report.id, report.begins_at, report.ends_at


def take_report(request: HttpRequest) -> HttpResponseBase:
    """Hand a report out. See Note [Who has a report]."""
    if not may(request, REPORT):
        raise PermissionDenied
    recent_person_of(request)
    now = timezone.now()
    report = chosen(request, "report", of=reports(now=now))
    if request.method != "POST":
        return page(request, "privacy/report", title="Take the report", report=report)
    try:
        content = take(report.id, make_link(report.id, now=now).token, now=now)
    except ProblemError as refusal:
        messages.error(request, refusal.detail)
        return HttpResponseRedirect(REPORTS)
    return as_attachment(iter((content,)), report.id, called="compliance-report")


dashboard.view("compliance-reports/archive/", "compliance_report_archive")(take_report)
